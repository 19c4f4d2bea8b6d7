package io.signalbox.kernel;

/** One who reads signals in the name of an agent, as {@link Kernel#explainSignal} asks it. Any thread may ask. */
interface SignalReader {
    /** Name of the agent. */
    String agent();

    /** What has become of a signal that is addressed to the agent: anything but NOT_ADDRESSED. */
    SignalExplanation reading(long coordination, PastSignal signal);
}
