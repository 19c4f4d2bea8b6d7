package io.signalbox.kernel.pattern;

import io.signalbox.kernel.context.DocumentValue;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What came of a merge.
 *
 * @param strategy how it was merged.
 * @param value the merged keys; a map.
 * @param sources all that were declared, in their order.
 * @param collisions keys with different values, in the order of the keys.
 * @param undecided keys on which there was no majority.
 */
public record Merged(
        MergeStrategy strategy,
        DocumentValue value,
        List<SourceResult> sources,
        List<Collision> collisions,
        List<String> undecided) {
    public Merged {
        sources = List.copyOf(sources);
        collisions = List.copyOf(collisions);
        undecided = List.copyOf(undecided);
    }

    /** How many sources brought something. */
    public int sourceCount() {
        return (int) sources.stream().filter(SourceResult::isThere).count();
    }

    /** The merged keys. */
    public List<String> keys() {
        final List<String> keys = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            keys.add(value.name(i));
        }
        return keys;
    }

    /**
     * The merged keys and, under names that begin with an underscore, where they come from: {@code _merge_strategy, _source_count,
     * _source_task_ids, _source_results, _collisions, _undecided}.
     */
    public DocumentValue document() {
        final TreeMap<String, Object> map = new TreeMap<>();
        for (int i = 0; i < value.size(); i++) {
            map.put(value.name(i), value.value(i));
        }
        final List<Object> results = new ArrayList<>();
        for (final SourceResult source : sources) {
            if (source.isThere()) {
                final TreeMap<String, Object> one = new TreeMap<>();
                one.put("task_id", source.taskId());
                one.put("task_type", source.taskType());
                one.put("result", source.result());
                results.add(one);
            }
        }
        map.put("_merge_strategy", strategy.word());
        map.put("_source_count", sourceCount());
        map.put("_source_task_ids", sources.stream().map(SourceResult::taskId).toList());
        map.put("_source_results", results);
        map.put("_collisions", collisions.stream().map(Collision::document).toList());
        map.put("_undecided", undecided);
        return DocumentValue.of(map);
    }
}
