package io.signalbox.kernel;

import io.signalbox.kernel.agent.AgentSnapshot;
import io.signalbox.kernel.agent.AgentStatus;
import io.signalbox.kernel.signal.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** What the keys of the registry show, under which older systems kept it. Read from the registry; see {@link KnownKeyViews}. */
final class AgentKeyViews {
    private final Kernel kernel;

    AgentKeyViews(final Kernel kernel) {
        this.kernel = kernel;
    }

    /** What a key shows now, or null when it is none of these. */
    String read(final String key) {
        return switch (key) {
            case "agents" -> agents();
            case "capability_index" -> capabilityIndex();
            case "registry_metrics" -> registryMetrics();
            default -> null;
        };
    }

    private String agents() {
        final StringJoiner agents = new StringJoiner(",", "[", "]");
        for (final AgentSnapshot agent : kernel.agents().list()) {
            agents.add(Payload.of()
                    .text("agent_id", agent.id())
                    .text("status", agent.status().name().toLowerCase(Locale.ROOT))
                    .texts("capabilities", List.copyOf(agent.profile().capabilities()))
                    .toString());
        }
        return agents.toString();
    }

    private String capabilityIndex() {
        final Map<String, List<String>> index = new TreeMap<>();
        for (final AgentSnapshot agent : kernel.agents().list()) {
            agent.profile()
                    .capabilities()
                    .forEach(capability -> index.computeIfAbsent(capability, each -> new ArrayList<>())
                            .add(agent.id()));
        }
        Payload payload = Payload.of();
        for (final Map.Entry<String, List<String>> each : index.entrySet()) {
            payload = payload.texts(each.getKey(), each.getValue());
        }
        return payload.toString();
    }

    private String registryMetrics() {
        Payload payload = Payload.of().integer("total_agents", kernel.agents().size());
        for (final AgentStatus status : AgentStatus.values()) {
            payload = payload.integer(
                    status.name().toLowerCase(Locale.ROOT) + "_agents",
                    kernel.agents().count(status));
        }
        return payload.toString();
    }
}
