package io.signalbox.kernel.scenario;

import io.signalbox.kernel.machine.CoordinationMachine;
import java.util.function.Function;

/**
 * A question to the machine between two turns; takes no position.
 *
 * @param question asks and says the answer in words.
 */
public record Look(Function<CoordinationMachine, String> question) {
    /** The answer in words. */
    public String at(final CoordinationMachine machine) {
        return question.apply(machine);
    }
}
