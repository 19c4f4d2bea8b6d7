package io.signalbox.kernel.scenario;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.machine.CoordinationMachine;
import java.nio.charset.StandardCharsets;

/** What all facts are put into words with: names and labels instead of numbers, texts, times. */
final class FactWords {
    private static final int TEXT_LENGTH_MAX = 40;

    private final CoordinationMachine machine;
    private final Labels labels;
    private final long originNs;

    FactWords(final CoordinationMachine machine, final Labels labels, final long originNs) {
        this.machine = machine;
        this.labels = labels;
        this.originNs = originNs;
    }

    CoordinationMachine machine() {
        return machine;
    }

    String label(final char kind, final long handle) {
        return labels.label(kind, handle);
    }

    /** {@code in} its coordination; nothing for the whole kernel. */
    String scope(final Fact fact) {
        return fact.coordination() == 0 ? "" : " in " + label(Labels.COORDINATION, fact.coordination());
    }

    String name(final int id) {
        return id > 0 && id <= machine.names().size() ? machine.names().text(id) : "#" + id;
    }

    /** {@code by} somebody; nothing for nobody. */
    String by(final int name) {
        return name == 0 ? "" : " by " + name(name);
    }

    /** {@code until} a time of the scenario; nothing where there is no limit. */
    String until(final long deadlineNs) {
        if (deadlineNs == Long.MAX_VALUE) {
            return "";
        }
        final long ns = deadlineNs - originNs;
        return " until "
                + (deadlineNs == Long.MAX_VALUE - 1
                        ? "the end"
                        : ns % 1_000_000 == 0 ? ns / 1_000_000 + "ms" : ns + "ns");
    }

    String text(final long payload) {
        final String text = new String(machine.facts().copyOf(payload), StandardCharsets.UTF_8);
        return text.length() > TEXT_LENGTH_MAX ? text.substring(0, TEXT_LENGTH_MAX) + "..." : text;
    }

    /** A text in quotes; nothing where it is empty. */
    String quoted(final long payload) {
        final String text = text(payload);
        return text.isEmpty() ? "" : " \"" + text + "\"";
    }
}
