package io.signalbox.kernel.composition;

import io.signalbox.kernel.composition.PlannedStep.Frame;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The variables of one run: those of each composition, from when its first step begins. Any thread. */
public final class Frames {
    private final Variables outermost;
    private final Map<String, Variables> byPath = new ConcurrentHashMap<>();

    /** Of a run that begins with these variables. */
    public Frames(final Map<String, ?> globals) {
        outermost = Variables.of(globals);
    }

    /** Those that everybody sees. */
    public Variables outermost() {
        return outermost;
    }

    /** What a step has written in another process is written here; of what was written to one variable the last counts, in whatever order it comes. */
    public void repeat(final PlannedStep step, final Variables.Write write) {
        of(step.frame()).repeat(write);
    }

    /** Those of a composition; null for the outermost. */
    Variables of(final Frame frame) {
        if (frame == null) {
            return outermost;
        }
        final Variables known = byPath.get(frame.path());
        if (known != null) {
            return known;
        }
        final Variables around = of(frame.outer());
        return byPath.computeIfAbsent(frame.path(), none -> around.inside(frame.variables()));
    }
}
