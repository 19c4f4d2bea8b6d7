package io.signalbox.kernel.scenario;

import io.signalbox.kernel.agent.AgentDuty;
import io.signalbox.kernel.agent.AgentProfile;
import io.signalbox.kernel.agent.AgentRules;
import io.signalbox.kernel.agent.ProfileCodec;
import io.signalbox.kernel.command.AgentCommands;
import io.signalbox.kernel.store.SlotBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.ToIntFunction;

/** Lines about agents to the bytes of commands. */
final class AgentWriter {
    private final ToIntFunction<String> id;

    AgentWriter(final ToIntFunction<String> id) {
        this.id = id;
    }

    /** {@code register ann can yaml,json tags fast version 1.0.0 type t tasks 10 priority 50 beats 10ms misses 5}. */
    SlotBuffer register(final Words words) {
        final int agent = id.applyAsInt(words.next());
        final int type = id.applyAsInt(words.after("type", ""));
        final int tasksMax = words.number("tasks", AgentProfile.TASKS_AT_ONCE);
        final int priority = words.number("priority", AgentProfile.PRIORITY);
        final int missesMax = words.number("misses", AgentProfile.MISSES);
        final long intervalNs = Words.ns(words.after("beats", "0ns"));
        final byte[] profile = profile(words);
        final SlotBuffer buffer = new SlotBuffer(AgentCommands.registerAgentLength(profile));
        AgentCommands.encodeRegisterAgent(buffer, agent, type, tasksMax, priority, missesMax, intervalNs, profile);
        return buffer;
    }

    /** As {@link #register}, and {@code expect 3}. */
    SlotBuffer update(final Words words) {
        final int agent = id.applyAsInt(words.next());
        final int type = id.applyAsInt(words.after("type", ""));
        final int tasksMax = words.number("tasks", AgentProfile.TASKS_AT_ONCE);
        final int priority = words.number("priority", AgentProfile.PRIORITY);
        final int missesMax = words.number("misses", AgentProfile.MISSES);
        final long intervalNs = Words.ns(words.after("beats", "0ns"));
        final long expected = words.number("expect", (int) AgentRules.ANY_REVISION);
        final byte[] profile = profile(words);
        final SlotBuffer buffer = new SlotBuffer(AgentCommands.updateAgentLength(profile));
        AgentCommands.encodeUpdateAgent(
                buffer, agent, type, tasksMax, priority, missesMax, intervalNs, expected, profile);
        return buffer;
    }

    private byte[] profile(final Words words) {
        if (words.has("junk")) {
            return "junk".getBytes(StandardCharsets.UTF_8);
        }
        final AgentProfile profile = AgentProfile.of("", list(words.after("can", "")))
                .withTags(list(words.after("tags", "")))
                .withVersion(words.after("version", "1.0.0"))
                .withDescription(words.after("says", ""));
        return ProfileCodec.encode(profile, id);
    }

    private static String[] list(final String names) {
        return names.isEmpty() ? new String[0] : names.split(",");
    }

    SlotBuffer unregister(final Words words) {
        final SlotBuffer buffer = new SlotBuffer(AgentCommands.AGENT_LENGTH);
        AgentCommands.encodeUnregisterAgent(buffer, id.applyAsInt(words.next()));
        return buffer;
    }

    SlotBuffer duty(final Words words) {
        final SlotBuffer buffer = new SlotBuffer(AgentCommands.SET_AGENT_DUTY_LENGTH);
        final int agent = id.applyAsInt(words.next());
        final int code = words.number("code", -1);
        final int duty = code >= 0 ? code : AgentDuty.valueOf(words.next()).ordinal();
        AgentCommands.encodeSetAgentDuty(buffer, agent, duty);
        return buffer;
    }

    SlotBuffer beat(final Words words) {
        final SlotBuffer buffer = new SlotBuffer(AgentCommands.AGENT_LENGTH);
        AgentCommands.encodeHeartbeat(buffer, id.applyAsInt(words.next()));
        return buffer;
    }

    SlotBuffer assign(final Words words, final long coordination) {
        final SlotBuffer buffer = new SlotBuffer(AgentCommands.AGENT_LENGTH);
        AgentCommands.encodeAssignAgent(buffer, coordination, id.applyAsInt(words.next()));
        return buffer;
    }

    SlotBuffer release(final Words words, final long coordination) {
        final SlotBuffer buffer = new SlotBuffer(AgentCommands.AGENT_LENGTH);
        AgentCommands.encodeReleaseAgent(buffer, coordination, id.applyAsInt(words.next()));
        return buffer;
    }
}
