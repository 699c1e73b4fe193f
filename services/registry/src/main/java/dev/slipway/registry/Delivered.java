package dev.slipway.registry;

import dev.slipway.api.registry.Channel;
import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.Release;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ChannelId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.ReleaseId;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.IndexValue;
import jakarta.inject.Singleton;
import java.util.List;

/** Keeps what devices fetch from being deleted or renamed under their hands. */
@Singleton
final class Delivered {
    private final Entities entities;

    Delivered(Entities entities) {
        this.entities = entities;
    }

    /** Fails with {@code model.state} when the model has a channel. */
    void refuse(Entity<ModelId, Model> model, String what) {
        channels(model.id(), 1).forEach(channel -> {
            throw SlipwayException.conflict(
                    "model.state",
                    "The model '" + model.body().name() + "' can't be " + what + ": devices fetch it by this name from"
                            + " its channel '" + channel.body().name() + "'.");
        });
    }

    /** Fails with {@code model-version.state} when a channel delivers the version. */
    void refuse(Entity<ModelId, Model> model, ModelVersionId version) {
        List<Entity<ChannelId, Channel>> channels = channels(model.id(), Page.MAX_LIMIT);
        List<ReleaseId> releases =
                channels.stream().map(channel -> channel.body().release()).toList();
        for (Entity<ReleaseId, Release> release : entities.getAll(RegistryKinds.RELEASE, releases)) {
            if (release.body().version().equals(version)) {
                throw SlipwayException.conflict(
                        "model-version.state",
                        "Version " + release.body().versionNumber() + " of '"
                                + model.body().name()
                                + "' can't be deleted: " + names(channels, release.id())
                                + " delivers it. Release another version there first.");
            }
        }
    }

    /** Whether an alias is a channel's, which only a release moves. */
    boolean isChannel(ModelId model, String alias) {
        return entities.claim(RegistryClaims.channel(model, alias)).isPresent();
    }

    private static String names(List<Entity<ChannelId, Channel>> channels, ReleaseId release) {
        return channels.stream()
                .filter(channel -> channel.body().release().equals(release))
                .map(channel -> "channel '" + channel.body().name() + "'")
                .findFirst()
                .orElseThrow();
    }

    private List<Entity<ChannelId, Channel>> channels(ModelId model, int limit) {
        return entities.query(
                        RegistryKinds.CHANNEL,
                        RegistryKinds.OF_MODEL,
                        List.of(IndexValue.of(model)),
                        false,
                        limit,
                        null)
                .items();
    }
}
