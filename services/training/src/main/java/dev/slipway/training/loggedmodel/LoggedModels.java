package dev.slipway.training.loggedmodel;

import dev.slipway.api.training.LoggedModel;
import dev.slipway.api.training.LoggedModelStatus;
import dev.slipway.api.training.Param;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.mlflow.Absent;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.training.commit.LogLimits;
import dev.slipway.training.commit.RunChanges;
import dev.slipway.training.experiment.Experiments;
import dev.slipway.training.run.RandomNames;
import dev.slipway.training.run.Runs;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes, finds and changes logged models. */
@Singleton
public final class LoggedModels {
    private static final int MAX_NAME = 500;
    /** So many params or tags one call may log. */
    private static final int MAX_TEXTS = 1000;

    private static final Pattern SHOWN = Pattern.compile("m-[0-9a-f]{32}");
    private static final Pattern NAME = Pattern.compile("[^/:.%\"']+");

    private final Entities entities;
    private final Experiments experiments;
    private final Runs runs;
    private final LoggedModelData data;

    LoggedModels(Entities entities, Experiments experiments, Runs runs, LoggedModelData data) {
        this.entities = entities;
        this.experiments = experiments;
        this.runs = runs;
        this.data = data;
    }

    /**
     * Makes one, whose files are yet to come.
     *
     * @throws SlipwayException {@code experiment.unknown}; {@code experiment.deleted}; {@code run.unknown}; {@code
     *     logged-model.name}; {@code logged-model.exists} when the id was given and is a model's already; {@code run.key} and
     *     {@code run.value} for params and tags
     */
    public Entity<LoggedModelId, LoggedModel> create(NewLoggedModel request) {
        experiments.active(request.experiment());
        if (request.sourceRun() != null) {
            runs.get(request.sourceRun());
        }
        LoggedModel model = new LoggedModel(
                request.experiment(),
                request.name() == null ? RandomNames.next() : checkName(request.name()),
                checkLength("model_type", request.type()),
                request.sourceRun(),
                LoggedModelStatus.PENDING,
                null);
        Change change = entities.change();
        LoggedModelId id = request.id() == null ? entities.newId(LoggedModelId::new) : request.id();
        Entity<LoggedModelId, LoggedModel> made = LoggedModelChanges.create(change, id, model);
        LoggedModelChanges.params(change, made, checkTexts("param", request.params()));
        LoggedModelChanges.tags(change, made, checkTexts("tag", request.tags()), change.now());
        if (request.sourceRun() != null) {
            change.link(LoggedModelChanges.ref(id), EdgeType.GENERATED_BY, RunChanges.ref(request.sourceRun()));
        }
        commit(change, request.id());
        return made;
    }

    /** @param given the id that was asked for; null for none */
    private static void commit(Change change, @Nullable LoggedModelId given) {
        try {
            change.commit();
        } catch (SlipwayException e) {
            if (given == null || e.kind() != ErrorKind.CONFLICT) {
                throw e;
            }
            throw new SlipwayException(
                    ErrorKind.CONFLICT,
                    "logged-model.exists",
                    "The id " + shown(given)
                            + " is a logged model's already, maybe a deleted one's, or another thing's.",
                    e);
        }
    }

    private static String checkName(String name) {
        if (!NAME.matcher(name).matches() || name.length() > MAX_NAME) {
            throw SlipwayException.invalid(
                    "logged-model.name",
                    "The name of a logged model has 1 to " + MAX_NAME + " characters and none of / : . % \" ', not '"
                            + name + "'.");
        }
        return name;
    }

    @Nullable
    private static String checkLength(String what, @Nullable String text) {
        if (text != null && text.length() > MAX_NAME) {
            throw SlipwayException.tooLarge(
                    "logged-model.type", "A " + what + " has at most " + MAX_NAME + " characters.");
        }
        return Absent.ifEmpty(text);
    }

    /** The last of each key. */
    private static List<Param> checkTexts(String what, List<Param> texts) {
        if (texts.size() > MAX_TEXTS) {
            throw SlipwayException.tooLarge(
                    "logged-model.batch", "One call logs at most " + MAX_TEXTS + " " + what + "s.");
        }
        Map<String, Param> byKey = new LinkedHashMap<>();
        for (Param text : texts) {
            LogLimits.checkText(what, text, what.equals("tag") ? LogLimits.TAG_VALUE : LogLimits.PARAM_VALUE);
            byKey.put(text.key(), text);
        }
        return List.copyOf(byKey.values());
    }

    /** The id that MLflow's clients know as {@code m-} and its digits; empty for what is none. */
    public static Optional<LoggedModelId> id(String shown) {
        return SHOWN.matcher(shown).matches() ? Optional.of(new LoggedModelId(shown.substring(2))) : Optional.empty();
    }

    /** As {@link #id}; {@code logged-model.unknown} for what is none. */
    public static LoggedModelId parse(String shown) {
        return id(shown).orElseThrow(() -> unknown(shown));
    }

    /** The id that a new model is to have; {@code logged-model.id} if it can't be one. */
    public static LoggedModelId given(String shown) {
        return id(shown)
                .orElseThrow(() -> SlipwayException.invalid(
                        "logged-model.id",
                        "'" + shown
                                + "' can't be the id of a logged model, which is 'm-' and 32 digits of 0-9 and a-f."));
    }

    /** How MLflow's clients know the id. */
    public static String shown(LoggedModelId id) {
        return "m-" + id;
    }

    private static SlipwayException unknown(String shown) {
        return SlipwayException.notFound(
                "logged-model.unknown", "There is no logged model with id '" + shown + "', or it is deleted.");
    }

    /** One that is not deleted, or {@code logged-model.unknown}. */
    public Entity<LoggedModelId, LoggedModel> get(LoggedModelId id) {
        return find(id).filter(model -> model.body().deleted() == null).orElseThrow(() -> unknown(shown(id)));
    }

    /** One, be it deleted. */
    public Optional<Entity<LoggedModelId, LoggedModel>> find(LoggedModelId id) {
        return entities.find(LoggedModelKinds.MODEL, id);
    }

    /** Those that exist of at most 1000, be they deleted, in the order asked for. */
    public List<Entity<LoggedModelId, LoggedModel>> getAll(Collection<LoggedModelId> ids) {
        return entities.getAll(LoggedModelKinds.MODEL, ids);
    }

    /** Says that its files are there, or never will be. */
    public Entity<LoggedModelId, LoggedModel> finish(LoggedModelId id, LoggedModelStatus status) {
        return update(id, model -> model.withStatus(status), "logged-model.updated");
    }

    /** Deletes it; its files stay. */
    public void delete(LoggedModelId id) {
        long now = entities.change().now();
        update(id, model -> model.withDeleted(now), "logged-model.deleted");
    }

    private Entity<LoggedModelId, LoggedModel> update(LoggedModelId id, UnaryOperator<LoggedModel> edit, String event) {
        return Retries.onConflict(() -> {
            Entity<LoggedModelId, LoggedModel> model = get(id);
            Change change = entities.change();
            Entity<LoggedModelId, LoggedModel> changed = LoggedModelChanges.update(change, model.with(edit), event);
            change.commit();
            return changed;
        });
    }

    /** Adds params; one that is there may be repeated with the same value, {@code logged-model.param-changed} otherwise. */
    public void logParams(LoggedModelId id, List<Param> params) {
        List<Param> checked = checkTexts("param", params);
        change(id, (change, model) -> {
            Map<String, String> known = data.of(id, FacetKind.PARAM)
                    .collect(Collectors.toMap(Facet::key, facet -> facet.value().text()));
            for (Param param : checked) {
                String before = known.get(param.key());
                if (before != null && !before.equals(param.value())) {
                    throw SlipwayException.invalid(
                            "logged-model.param-changed",
                            "The param '" + param.key() + "' is '" + before + "' and stays it; log another param.");
                }
            }
            LoggedModelChanges.params(change, model, checked);
        });
    }

    /** Sets tags, in place of those of the same keys. */
    public void setTags(LoggedModelId id, List<Param> tags) {
        List<Param> checked = checkTexts("tag", tags);
        change(id, (change, model) -> {
            // A greater time than before, so that the value of this call wins.
            long last =
                    data.of(id, FacetKind.TAG).mapToLong(Facet::timestamp).max().orElse(0);
            long time = Math.max(change.now(), last + 1);
            LoggedModelChanges.tags(change, model, checked, time);
        });
    }

    /** Takes a tag away, or fails with {@code logged-model.tag} when there is none of the key. */
    public void deleteTag(LoggedModelId id, String key) {
        change(id, (change, model) -> {
            if (data.of(id, FacetKind.TAG).noneMatch(tag -> tag.key().equals(key))) {
                throw SlipwayException.notFound(
                        "logged-model.tag", "The logged model '" + shown(id) + "' has no tag '" + key + "'.");
            }
            change.remove(LoggedModelChanges.ref(id), FacetKind.TAG, key);
        });
    }

    private void change(LoggedModelId id, BiConsumer<Change, Entity<LoggedModelId, LoggedModel>> edit) {
        Entity<LoggedModelId, LoggedModel> model = get(id);
        Change change = entities.change();
        edit.accept(change, model);
        change.commit();
    }
}
