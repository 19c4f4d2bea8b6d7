package io.signalbox.kernel;

import io.signalbox.kernel.agent.AgentProfile;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what an agent can do where the agent is written: on its class, or on the method that does its work. {@link
 * AgentRegistry#register(java.lang.reflect.AnnotatedElement)} reads it. The kernel never makes or calls what is annotated.
 *
 * <pre>{@code
 * @AgentInfo(id = "yaml-reader", capabilities = {"yaml_parsing"}, tags = "fast", priority = 90)
 * final class YamlReader { ... }
 *
 * kernel.agents().register(YamlReader.class);
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface AgentInfo {
    /** Its name. */
    String id();

    /** What it can do, at least one. */
    String[] capabilities();

    /** What else it is found by. */
    String[] tags() default {};

    /** What kind of agent it is. */
    String type() default "";

    /** Three numbers. */
    String version() default "1.0.0";

    /** For people. */
    String description() default "";

    /** For people. */
    String author() default "";

    /** Anything to keep beside it. */
    String config() default "";

    /** Tasks it may have at once. */
    int tasksMax() default AgentProfile.TASKS_AT_ONCE;

    /** 0 to 100. */
    int priority() default AgentProfile.PRIORITY;

    /** How often it beats, 0 for never. */
    long heartbeatIntervalMs() default 0;

    /** Heartbeats that may stay away before it is silent. */
    int missesMax() default AgentProfile.MISSES;
}
