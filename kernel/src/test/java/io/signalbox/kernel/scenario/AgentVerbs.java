package io.signalbox.kernel.scenario;

import io.signalbox.kernel.agent.AgentDuty;
import io.signalbox.kernel.agent.AgentProfile;
import io.signalbox.kernel.agent.AgentRules;
import io.signalbox.kernel.agent.AgentSnapshot;
import io.signalbox.kernel.agent.ProfileCodec;
import io.signalbox.kernel.command.AgentCommands;

/**
 * {@code register}, {@code describe}, {@code unregister}, {@code duty}, {@code beat}, {@code assign}, {@code giveback}, {@code look
 * agent}. What an agent says of itself is written as in {@code ann can yaml,json tags fast version 1.0.0 type t tasks 10 priority 50 beats 10ms misses 5}.
 */
final class AgentVerbs implements Verbs {
    private final Pen pen;

    AgentVerbs(final Pen pen) {
        this.pen = pen;
    }

    @Override
    public Written write(final String verb, final Words words, final String label, final long coordination) {
        return switch (verb) {
            case "register" -> register(words);
            case "describe" -> update(words);
            case "unregister" -> Pen.done(new AgentCommands.Unregister().with(pen.id(words.next())));
            case "duty" -> duty(words);
            case "beat" -> Pen.done(new AgentCommands.Heartbeat().with(pen.id(words.next())));
            case "assign" -> Pen.done(new AgentCommands.Assign().with(coordination, pen.id(words.next())));
            case "giveback" -> Pen.done(new AgentCommands.Release().with(coordination, pen.id(words.next())));
            default -> null;
        };
    }

    private Written register(final Words words) {
        final int agent = pen.id(words.next());
        return Pen.done(new AgentCommands.Register()
                .with(agent, profile(words))
                .type(pen.id(words.after("type", "")))
                .tasksMax(words.number("tasks", AgentProfile.TASKS_AT_ONCE))
                .priority(words.number("priority", AgentProfile.PRIORITY))
                .heartbeat(Words.ns(words.after("beats", "0ns")), words.number("misses", AgentProfile.MISSES)));
    }

    /** As {@link #register}, and {@code expect 3}. */
    private Written update(final Words words) {
        final int agent = pen.id(words.next());
        return Pen.done(new AgentCommands.Update()
                .with(agent, profile(words))
                .type(pen.id(words.after("type", "")))
                .tasksMax(words.number("tasks", AgentProfile.TASKS_AT_ONCE))
                .priority(words.number("priority", AgentProfile.PRIORITY))
                .heartbeat(Words.ns(words.after("beats", "0ns")), words.number("misses", AgentProfile.MISSES))
                .expectedRevision(words.number("expect", (int) AgentRules.ANY_REVISION)));
    }

    private byte[] profile(final Words words) {
        if (words.has("junk")) {
            return Pen.utf8("junk");
        }
        final AgentProfile profile = AgentProfile.of("", list(words.after("can", "")))
                .withTags(list(words.after("tags", "")))
                .withVersion(words.after("version", "1.0.0"))
                .withDescription(words.after("says", ""));
        return ProfileCodec.encode(profile, pen::id);
    }

    private static String[] list(final String names) {
        return names.isEmpty() ? new String[0] : names.split(",");
    }

    private Written duty(final Words words) {
        final int agent = pen.id(words.next());
        final int code = words.number("code", -1);
        final int duty = code >= 0 ? code : AgentDuty.valueOf(words.next()).ordinal();
        return Pen.done(new AgentCommands.SetDuty().with(agent, duty));
    }

    @Override
    public Look look(final String what, final Words words) {
        if (!"agent".equals(what)) {
            return null;
        }
        final String agent = words.next();
        return new Look(machine -> agent(machine.agentInspector().agent(agent)));
    }

    private static String agent(final AgentSnapshot agent) {
        return agent == null
                ? "none"
                : agent.status() + " tasks " + agent.activeTasks() + "/"
                        + agent.profile().tasksMax() + " succeeded " + agent.succeeded() + " failed " + agent.failed()
                        + " quality " + agent.meanQuality() + " can "
                        + agent.profile().capabilities() + " r" + agent.revision();
    }
}
