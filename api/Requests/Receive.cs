using System.Buffers;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tumbler.Api.Idempotency;
using Tumbler.Api.Problems;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Paging;

namespace Tumbler.Api.Requests;

/// <summary>What stands between a route and its handler: everything about the request's form is checked before the
/// handler sees it, and its answer is written.</summary>
internal static class Receive
{
    /// <summary>A request without a body, with these query parameters at most.</summary>
    public static RequestDelegate WithoutBody(Func<HttpContext, Task<Answer>> handle, params string[] parameters) =>
        Checked(parameters, handle);

    /// <summary>A request for a part of a list.</summary>
    public static RequestDelegate Page(Func<HttpContext, PageRequest, Task<Answer>> handle) => Checked(
        QueryParameters.Paging,
        async http =>
        {
            var check = new InputCheck();
            var page = check.PageRequest(http.Request.Query);
            return check.Failed ? check.Refusal : await handle(http, page);
        });

    /// <summary>A request whose body is one JSON object.</summary>
    public static RequestDelegate Json<T>(JsonTypeInfo<T> type, Func<HttpContext, T, Task<Answer>> handle) where T : class =>
        Checked([], http => WithBody(http, type, handle, whenEmpty: null));

    /// <summary>The same, where no body means that nothing special is asked for.</summary>
    public static RequestDelegate Json<T>(JsonTypeInfo<T> type, T whenEmpty, Func<HttpContext, T, Task<Answer>> handle) where T : class =>
        Checked([], http => WithBody(http, type, handle, whenEmpty));

    private static RequestDelegate Checked(string[] parameters, Func<HttpContext, Task<Answer>> handle) => async http =>
    {
        var check = new InputCheck();
        check.CheckRouteValues(http);
        check.CheckParameters(http.Request.Query, parameters);
        check.CheckIdempotencyKey(http.Request);
        Answer answer = check.Failed ? check.Refusal : await handle(http);
        await answer.Write(http);
    };

    private static async Task<Answer> WithBody<T>(
        HttpContext http, JsonTypeInfo<T> type, Func<HttpContext, T, Task<Answer>> handle, T? whenEmpty) where T : class
    {
        var mayHaveBody = http.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody;
        if (mayHaveBody && !http.Request.HasBodyOf(MediaTypes.Json))
            return ProblemMap.Of(StatusCodes.Status415UnsupportedMediaType);

        var body = http.Request.BodyReader;
        var bytes = await body.ReadToEnd(http.RequestAborted);
        Result<T> read = bytes.IsEmpty && whenEmpty is not null
            ? whenEmpty
            : StrictJson.Read(bytes.IsSingleSegment ? bytes.FirstSpan : bytes.ToArray(), type);
        body.AdvanceTo(bytes.End);
        return read.TryGet(out var request, out var refusal) ? await handle(http, request) : refusal;
    }
}
