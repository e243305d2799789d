using Microsoft.AspNetCore.Http;
using Tumbler.Api.Problems;
using Tumbler.Contracts.Calls;
using Tumbler.Engine.Limits;

namespace Tumbler.Api.Limits;

/// <summary>Lets a caller use a route so often in so long, over all processes. It comes behind the gate: only whoever has proved
/// who he is uses up a limit.</summary>
internal sealed class RouteLimits(RequestDelegate next, IQuotas quotas, Limited limited)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<RouteLimit>() is not { } limit)
            return next(http);
        var taking = quotas.Take(limit.QuotaOf(http), limit.Rule);
        return taking.IsCompletedSuccessfully ? Go(http, taking.Result) : Wait(http, taking);
    }

    private async Task Wait(HttpContext http, ValueTask<QuotaAnswer> taking) => await Go(http, await taking);

    private Task Go(HttpContext http, QuotaAnswer answer)
    {
        http.ShowLimit(answer.State, refused: !answer.Allowed);
        if (answer.Allowed)
            return next(http);
        limited.Note(http, Limited.ByRoute);
        return http.WriteProblem(ProblemMap.Of(new Refusal(
            ErrorCode.RateLimited, "This address was asked too often. Try again after the seconds that Retry-After names.")));
    }
}
