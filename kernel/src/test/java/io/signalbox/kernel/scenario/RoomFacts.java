package io.signalbox.kernel.scenario;

import io.signalbox.kernel.event.Fact;

/** The facts of one room in few words. */
interface RoomFacts {
    /** A fact of this room. */
    String print(Fact fact);
}
