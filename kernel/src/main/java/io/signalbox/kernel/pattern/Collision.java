package io.signalbox.kernel.pattern;

import io.signalbox.kernel.context.DocumentValue;
import java.util.List;
import java.util.TreeMap;

/**
 * A key to which the sources gave different values.
 *
 * @param key that they share.
 * @param taskIds who gave it a value, in declared order.
 * @param taken whose value was taken; empty for nobody's.
 */
public record Collision(String key, List<String> taskIds, String taken) {
    public Collision {
        taskIds = List.copyOf(taskIds);
    }

    DocumentValue document() {
        final TreeMap<String, Object> map = new TreeMap<>();
        map.put("key", key);
        map.put("task_ids", taskIds);
        map.put("taken", taken);
        return DocumentValue.of(map);
    }
}
