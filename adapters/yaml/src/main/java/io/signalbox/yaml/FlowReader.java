package io.signalbox.yaml;

import io.signalbox.kernel.context.NearestName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads how a step stands among the others: priority, limits, agents, strategy, what its failure means. */
final class FlowReader {
    private static final int PRIORITY_MAX = 1_000;
    private static final int UNITS_MAX = 1_000_000;

    private final Problems problems;
    private final Values values;
    private final SettingsReader settings;
    private final Map<String, Limit> limits;

    FlowReader(final Problems problems, final Map<String, Limit> limits) {
        this.problems = problems;
        this.values = new Values(problems);
        this.settings = new SettingsReader(problems);
        this.limits = limits;
    }

    Flow flow(final Fields fields, final Surroundings around, final Recovery recovery) {
        final Map<String, Integer> uses = new LinkedHashMap<>(around.uses());
        fields.get("uses").ifPresent(node -> uses.putAll(uses(node, fields.owner())));
        return new Flow(
                settings.onFailure(fields),
                Optional.empty(),
                fields.get("priority")
                        .flatMap(node -> values.wholeNumber(
                                node, "'priority' of " + fields.owner(), -PRIORITY_MAX, PRIORITY_MAX))
                        .orElse(0),
                uses,
                placement(fields),
                strategy(fields),
                recovery,
                around.parent(),
                "");
    }

    private Optional<Strategy> strategy(final Fields fields) {
        final Optional<YamlNode> node = fields.get("strategy");
        if (node.isPresent() && fields.get("foreach").isEmpty()) {
            problems.add(
                    node.get(),
                    "'strategy' of " + fields.owner()
                            + " says how several come to one end, but the step runs once; give it 'foreach', or put"
                            + " several steps under 'parallel'");
            return Optional.empty();
        }
        return node.map(found -> new StrategyReader(problems).read(found, fields.owner()));
    }

    private Placement placement(final Fields fields) {
        return new Placement(
                fields.get("agent").flatMap(node -> values.shown(node, "'agent' of " + fields.owner(), "")),
                fields.get("role").flatMap(node -> values.shown(node, "'role' of " + fields.owner(), "")),
                fields.get("capabilities")
                        .map(node -> settings.strings(node, "'capabilities' of " + fields.owner()).stream()
                                .map(YamlNode.Scalar::value)
                                .toList())
                        .orElse(List.of()));
    }

    /** A name, a list of names, or names with units. */
    private Map<String, Integer> uses(final YamlNode node, final String owner) {
        final Map<String, Integer> uses = new LinkedHashMap<>();
        final String what = "'uses' of " + owner;
        if (node instanceof YamlNode.Mapping mapping) {
            for (final YamlNode.Entry entry : mapping.entries()) {
                values.wholeNumber(
                                entry.value(), "'" + JsonText.cut(entry.key().value()) + "' in " + what, 1, UNITS_MAX)
                        .ifPresent(units -> use(uses, entry.key(), units, owner));
            }
        } else if (node instanceof YamlNode.Scalar scalar && scalar.kind() == YamlNode.Kind.NULL) {
            problems.add(node, what + " must be a name, a list of names, or names with units, got nothing");
        } else {
            for (final YamlNode.Scalar name : settings.strings(node, what)) {
                use(uses, name, 1, owner);
            }
        }
        return uses;
    }

    private void use(final Map<String, Integer> uses, final YamlNode.Scalar node, final int units, final String owner) {
        final String name = node.value();
        final Limit limit = limits.get(name);
        if (limit == null) {
            final String hint = NearestName.hint(name, limits.keySet());
            problems.add(
                    node,
                    owner + " uses '" + JsonText.cut(name) + "', which is not a limit"
                            + (hint.isEmpty() ? "; declare it in 'limits'" : hint));
        } else if (units > limit.unitsMax()) {
            problems.add(
                    node,
                    owner + " uses " + units + " of '" + name + "', which has only " + limit.unitsMax()
                            + ", so it could never start; let it use fewer");
        } else if (uses.put(name, units) != null) {
            problems.add(node, owner + " uses '" + name + "' twice; write '" + name + ": 2' for two units");
        }
    }

    /** The limits of the file. */
    static Map<String, Limit> limits(final Problems problems, final YamlNode node) {
        final Map<String, Limit> limits = new LinkedHashMap<>();
        if (!(node instanceof YamlNode.Mapping mapping)) {
            problems.add(node, "'limits' must be a mapping of names to numbers, got " + Describe.value(node));
            return limits;
        }
        final Values values = new Values(problems);
        for (final YamlNode.Entry entry : mapping.entries()) {
            final String name = entry.key().value();
            if (values.isId(entry.key(), name, "a limit's name")) {
                limits.put(name, limit(problems, values, entry.value(), name));
            }
        }
        return limits;
    }

    private static Limit limit(final Problems problems, final Values values, final YamlNode node, final String name) {
        final String owner = "limit '" + name + "'";
        if (!(node instanceof YamlNode.Mapping)) {
            return Limit.capacity(
                    name, values.wholeNumber(node, owner, 1, UNITS_MAX).orElse(UNITS_MAX));
        }
        final Fields fields = Fields.of(problems, node, owner, KnownKeys.LIMIT);
        final Optional<Integer> capacity = whole(values, fields, "capacity");
        final Optional<Integer> rate = whole(values, fields, "rate");
        final var per = fields.get("per").flatMap(found -> values.duration(found, "'per' of " + owner, false));
        if (fields.get("rate").isPresent() != fields.get("per").isPresent()) {
            problems.add(node, owner + " needs both 'rate' and 'per', as in '{rate: 10, per: 1m}'");
        } else if (fields.get("rate").isEmpty() && fields.get("capacity").isEmpty()) {
            problems.add(node, owner + " says nothing; write a number of units, or '{rate: 10, per: 1m}'");
        }
        return new Limit(
                name,
                capacity.orElse(rate.isPresent() ? 0 : UNITS_MAX),
                per.isPresent() ? rate.orElse(0) : 0,
                rate.isPresent() ? per.orElse(Duration.ZERO) : Duration.ZERO);
    }

    private static Optional<Integer> whole(final Values values, final Fields fields, final String key) {
        return fields.get(key)
                .flatMap(found -> values.wholeNumber(found, "'" + key + "' of " + fields.owner(), 1, UNITS_MAX));
    }
}
