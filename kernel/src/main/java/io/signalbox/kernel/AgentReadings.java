package io.signalbox.kernel;

import java.lang.ref.WeakReference;
import java.util.List;

/** Who reads in an agent's name, as far as it is still in use: a subscription that is forgotten without a close is kept alive by nobody. */
final class AgentReadings {
    private static final int LOOK_MIN = 64;

    /** A reading that may be gone; then it reads for nobody. */
    private record Weak(WeakReference<AgentReading> reading) implements SignalReader {
        @Override
        public String agent() {
            final AgentReading known = reading.get();
            return known == null ? "" : known.agent();
        }

        @Override
        public SignalExplanation reading(final long coordination, final PastSignal signal) {
            final AgentReading known = reading.get();
            return known == null
                    ? new SignalExplanation(SignalExplanation.Verdict.NO_READER, -1, "its reader is gone")
                    : known.reading(coordination, signal);
        }

        boolean isOf(final AgentReading one) {
            return reading.get() == one;
        }
    }

    private final List<SignalReader> readers;
    private int lookAt = LOOK_MIN;

    /** @param readers those who are asked; others may stand there too. */
    AgentReadings(final List<SignalReader> readers) {
        this.readers = readers;
    }

    /** From now on it is asked. Those that are gone are taken out when there are twice as many as at the last look. */
    synchronized void add(final AgentReading reading) {
        if (readers.size() >= lookAt) {
            readers.removeIf(reader -> reader instanceof Weak weak && weak.isOf(null));
            lookAt = Math.max(LOOK_MIN, 2 * readers.size());
        }
        readers.add(new Weak(new WeakReference<>(reading)));
    }

    /** It is asked no more. */
    void remove(final AgentReading reading) {
        readers.removeIf(reader -> reader instanceof Weak weak && weak.isOf(reading));
    }
}
