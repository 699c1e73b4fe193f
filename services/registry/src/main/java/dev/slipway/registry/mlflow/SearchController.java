package dev.slipway.registry.mlflow;

import dev.slipway.api.Allowed;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.mlflow.Absent;
import dev.slipway.mlflow.MaxResults;
import dev.slipway.registry.RegistrySearch;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.ArrayList;
import java.util.List;

/** Searches of models and versions. */
@Controller("/api/2.0/mlflow")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.VIEWER)
class SearchController {
    private static final int USUAL_MODELS = 100;
    private static final int USUAL_VERSIONS = 10_000;
    private static final int MOST_VERSIONS = 200_000;

    /** So many versions are in one answer, however many are asked for; a token leads to the others. */
    private static final int VERSIONS_AT_ONCE = 10_000;

    private final RegistrySearch search;
    private final Wire wire;

    SearchController(RegistrySearch search, Wire wire) {
        this.search = search;
        this.wire = wire;
    }

    @Get("/registered-models/search")
    ModelsAnswer models(
            @Nullable @QueryValue String filter,
            @Nullable @QueryValue("max_results") Integer limit,
            @Nullable @QueryValue("order_by") List<String> orderBy,
            @Nullable @QueryValue("page_token") String token) {
        return models(new SearchRequest(filter, limit, orderBy, token));
    }

    @Post("/registered-models/search")
    ModelsAnswer models(@Body SearchRequest request) {
        int limit = MaxResults.of(request.maxResults(), USUAL_MODELS, Page.MAX_LIMIT);
        var page = search.models(wanted(request, limit, Absent.ifEmpty(request.pageToken())));
        List<WireModel> models = wire.models(page.items());
        return new ModelsAnswer(Absent.ifEmpty(models), page.next().orElse(null));
    }

    @Get("/model-versions/search")
    VersionsAnswer versions(
            @Nullable @QueryValue String filter,
            @Nullable @QueryValue("max_results") Integer limit,
            @Nullable @QueryValue("order_by") List<String> orderBy,
            @Nullable @QueryValue("page_token") String token) {
        return versions(new SearchRequest(filter, limit, orderBy, token));
    }

    @Post("/model-versions/search")
    VersionsAnswer versions(@Body SearchRequest request) {
        int left = Math.min(VERSIONS_AT_ONCE, MaxResults.of(request.maxResults(), USUAL_VERSIONS, MOST_VERSIONS));
        List<WireVersion> versions = new ArrayList<>();
        String cursor = Absent.ifEmpty(request.pageToken());
        do {
            Page<Entity<ModelVersionId, ModelVersion>> page =
                    search.versions(wanted(request, Math.min(left, Page.MAX_LIMIT), cursor));
            versions.addAll(wire.versions(page.items()));
            left -= page.items().size();
            cursor = page.next().orElse(null);
        } while (cursor != null && left > 0);
        return new VersionsAnswer(Absent.ifEmpty(versions), cursor);
    }

    private static RegistrySearch.Wanted wanted(SearchRequest request, int limit, @Nullable String cursor) {
        return new RegistrySearch.Wanted(request.filter(), request.orderBy(), limit, cursor);
    }
}
