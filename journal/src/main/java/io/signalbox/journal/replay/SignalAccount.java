package io.signalbox.journal.replay;

import io.signalbox.kernel.SignalExplanation.Verdict;
import java.util.List;

/**
 * What a journal knows of one signal and one agent.
 *
 * @param position of the command that raised it.
 * @param index among the facts of that command; a command can raise several.
 * @param type the name it was sent under.
 * @param sender empty when no agent sent it.
 * @param recipients none: everybody.
 * @param coordination name of the one it was raised in; empty for the kernel-wide scope.
 * @param raisedNs kernel time.
 * @param verdict DELIVERED as soon as one declared subscription of the agent was given it.
 * @param deliveredNs kernel time of the first delivery, -1 when there was none.
 * @param reasons a sentence each: delivered when, or which rule stopped it.
 */
public record SignalAccount(
        long position,
        int index,
        String type,
        String sender,
        List<String> recipients,
        String coordination,
        long raisedNs,
        Verdict verdict,
        long deliveredNs,
        List<String> reasons) {
    public SignalAccount {
        recipients = List.copyOf(recipients);
        reasons = List.copyOf(reasons);
    }
}
