package dev.slipway.kernel;

import java.util.Arrays;
import java.util.Locale;

/** Every type of entity, with its one owner: the only service that writes it. */
public enum EntityType {
    PROJECT(Service.LABELING),
    TASK(Service.LABELING),
    ANNOTATION(Service.LABELING),
    DATASET(Service.DATASET),
    DATASET_VERSION(Service.DATASET),
    EXPERIMENT(Service.TRAINING),
    RUN(Service.TRAINING),
    /** A data set that a run said it had read. */
    LOGGED_DATASET(Service.TRAINING),
    /** A model that a run logged, before and whether or not it is registered. */
    LOGGED_MODEL(Service.TRAINING),
    /** What an application did to answer one request, as spans tell it. */
    TRACE(Service.TRAINING),
    /** A data set that applications are judged on. */
    EVALUATION_DATASET(Service.TRAINING),
    /** What an application is asked, and what it should answer. */
    EVALUATION_RECORD(Service.TRAINING),
    /** A file or folder of the tree of artifacts. */
    ARTIFACT_ENTRY(Service.TRAINING),
    /** A file that comes in parts. */
    ARTIFACT_UPLOAD(Service.TRAINING),
    PIPELINE(Service.TRAINING),
    PIPELINE_RUN(Service.TRAINING),
    MODEL(Service.REGISTRY),
    MODEL_VERSION(Service.REGISTRY),
    RELEASE(Service.REGISTRY),
    CHANNEL(Service.REGISTRY),
    CONVERSION(Service.CONVERSION),
    MONITOR(Service.MONITORING),
    PREDICTION_BATCH(Service.MONITORING),
    DRIFT_REPORT(Service.MONITORING),
    ALERT(Service.MONITORING),
    TRIGGER(Service.MONITORING),
    EXTERNAL_JOB(Service.LINEAGE),
    EXTERNAL_RUN(Service.LINEAGE),
    EXTERNAL_DATASET(Service.LINEAGE),
    WEBHOOK(Service.LINEAGE),
    JOB(Service.RUNTIME),
    JOB_PROGRESS(Service.RUNTIME),
    TOKEN(Service.RUNTIME);

    private final Service owner;

    EntityType(Service owner) {
        this.owner = owner;
    }

    public Service owner() {
        return owner;
    }

    /** The lower-case name with hyphens, as it is stored: {@code dataset-version}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static EntityType of(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() ->
                        SlipwayException.invalid("entity-type.unknown", "There is no entity type '" + wireName + "'."));
    }
}
