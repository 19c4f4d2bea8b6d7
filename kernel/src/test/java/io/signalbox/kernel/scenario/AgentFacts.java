package io.signalbox.kernel.scenario;

import io.signalbox.kernel.agent.AgentDuty;
import io.signalbox.kernel.agent.AgentRules;
import io.signalbox.kernel.agent.AgentStatus;
import io.signalbox.kernel.event.Fact;

final class AgentFacts implements RoomFacts {
    private final FactWords words;

    AgentFacts(final FactWords words) {
        this.words = words;
    }

    @Override
    public String print(final Fact fact) {
        return switch (fact.type()) {
            case AGENT_NAMES_RESERVED -> "reserved the names of agents' signals";
            case AGENT_REGISTERED -> "registered " + agent(fact) + " as " + fact.d();
            case AGENT_UPDATED -> "updated " + agent(fact) + " r" + fact.d() + standing(fact);
            case AGENT_UNREGISTERED -> "unregistered " + agent(fact);
            case AGENT_DUTY_SET -> "duty of " + agent(fact) + " " + AgentDuty.of((int) fact.b()) + standing(fact);
            case AGENT_HEARD -> "heard " + agent(fact) + standing(fact);
            case AGENT_SILENCED -> "silenced " + agent(fact) + standing(fact);
            case AGENT_ASSIGNED -> "assigned " + agent(fact) + standing(fact) + words.scope(fact);
            case AGENT_RELEASED -> "released " + agent(fact) + " of " + fact.b() + standing(fact) + words.scope(fact);
            case AGENT_COMPLETED -> "counted " + agent(fact) + completion(fact) + standing(fact);
            default -> throw new IllegalStateException(fact.type() + " has no words yet");
        };
    }

    private static String completion(final Fact fact) {
        final double quality = Double.longBitsToDouble(fact.c());
        return ((int) fact.b() == AgentRules.SUCCEEDED ? " succeeded" : " failed")
                + (fact.b() >>> 32 == 0 ? "" : " task")
                + (Double.isNaN(quality) ? "" : " " + quality);
    }

    private String agent(final Fact fact) {
        return words.name(AgentRules.agent(fact));
    }

    private static String standing(final Fact fact) {
        final AgentStatus from = AgentRules.from(fact);
        final AgentStatus to = AgentRules.to(fact);
        return from == to ? "" : " " + from + "->" + to;
    }
}
