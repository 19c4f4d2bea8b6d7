package io.signalbox.kernel.recovery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a person is asked. Texts and numbers only: it holds neither the state nor the exception, so it can be written down anywhere.
 *
 * @param subject what is decided about, in the coordination's approvals.
 * @param approver whose decision counts; empty for anybody's.
 * @param workflowId whose work it is.
 * @param nodeName where it went wrong.
 * @param stepCount how many steps the workflow had made.
 * @param errorType the kind of error.
 * @param errorMessage what it says.
 * @param patternId of the pattern that it follows; empty for none.
 * @param correlationId what it belongs to; empty for nothing.
 * @param tried names of the strategies that did not help.
 */
public record EscalationRecord(
        String subject,
        String approver,
        String workflowId,
        String nodeName,
        int stepCount,
        ErrorType errorType,
        String errorMessage,
        String patternId,
        String correlationId,
        List<String> tried) {
    public EscalationRecord {
        tried = List.copyOf(tried);
    }

    /** As names and texts, in the order above. */
    public Map<String, String> toMap() {
        final Map<String, String> map = new LinkedHashMap<>();
        map.put("subject", subject);
        map.put("approver", approver);
        map.put("workflow_id", workflowId);
        map.put("node_name", nodeName);
        map.put("step_count", Integer.toString(stepCount));
        map.put("error_type", errorType.word());
        map.put("error_message", errorMessage);
        map.put("pattern_id", patternId);
        map.put("correlation_id", correlationId);
        map.put("tried", String.join(", ", tried));
        return map;
    }
}
