package dev.slipway.runtime.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.store.graph.Envelope;
import io.micronaut.serde.ObjectMapper;
import io.micronaut.serde.annotation.Serdeable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How bodies of older and newer forms are read. */
class UpcastersTest {
    @Serdeable
    record Project(String name, List<String> labels, boolean archived) {}

    /** Schema 1 had one label, schema 2 could not archive. */
    private static final EntityKind<ProjectId, Project> KIND = EntityKind.of(
                    EntityType.PROJECT, ProjectId::new, Project.class)
            .upcast(body -> changed(body, "labels", List.of(body.get("label"))))
            .upcast(body -> changed(body, "archived", false));

    private final BodyCodec codec = new BodyCodec(ObjectMapper.getDefault());

    @Test
    void anOldBodyGoesThroughAllUpcastersAfterItsSchema() {
        assertThat(KIND.schema()).isEqualTo(3);
        assertThat(read(1, "{\"name\":\"digits\",\"label\":\"0\"}"))
                .isEqualTo(new Project("digits", List.of("0"), false));
        assertThat(read(2, "{\"name\":\"digits\",\"labels\":[\"0\",\"1\"]}"))
                .isEqualTo(new Project("digits", List.of("0", "1"), false));
        assertThat(read(3, "{\"name\":\"digits\",\"labels\":[\"0\"],\"archived\":true}"))
                .isEqualTo(new Project("digits", List.of("0"), true));
    }

    @Test
    void aNewerBodyIsReadAsFarAsItIsKnown() {
        assertThat(read(
                        4,
                        "{\"name\":\"digits\",\"labels\":[\"0\"],\"archived\":true,\"colour\":{\"of\":\"tomorrow\"}}"))
                .isEqualTo(new Project("digits", List.of("0"), true));
    }

    @Test
    void aBodyThatIsNoneIsSaidToBeUnreadable() {
        assertThatThrownBy(() -> read(3, "{\"name\":"))
                .hasMessageContaining("project")
                .extracting(e -> ((SlipwayException) e).code())
                .isEqualTo("entity.unreadable");
    }

    private Project read(int schema, String body) {
        EntityId id = new EntityId("0197a0000000700080000000000000aa");
        return codec.read(KIND, new Envelope(id, Workspace.DEFAULT, EntityType.PROJECT, schema, 1, 0, 0, body));
    }

    private static Map<String, Object> changed(Map<String, Object> body, String field, Object value) {
        Map<String, Object> changed = new HashMap<>(body);
        changed.put(field, value);
        return changed;
    }
}
