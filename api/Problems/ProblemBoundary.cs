using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Tumbler.Api.Headers;
using Tumbler.Api.Limits;
using Tumbler.Contracts.Calls;
using Tumbler.Engine.Store;

namespace Tumbler.Api.Problems;

/// <summary>Nothing leaves but our own answers: exceptions and bare status codes (no such route, wrong method) become
/// problem documents here.</summary>
internal sealed class ProblemBoundary(RequestDelegate next, ResponseStamp stamp)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller is gone: there is nobody to answer.
            return;
        }
        catch (BadHttpRequestException refused) when (!http.Response.HasStarted)
        {
            await Answer(http, ProblemMap.Of(refused.StatusCode));
            return;
        }
        catch (StoreUnavailableException unavailable) when (!http.Response.HasStarted)
        {
            var refusal = new Refusal(ErrorCode.Unavailable, "The store did not answer. Nothing is known to have changed; try again.");
            await Answer(http, ProblemMap.Of(refusal), unavailable);
            return;
        }
        catch (Exception broken) when (!http.Response.HasStarted && broken is not (ConnectionAbortedException or ConnectionResetException))
        {
            // The one handler at the edge: whatever it is, the log gets all of it and the caller nothing.
            await Answer(http, ProblemMap.Of(StatusCodes.Status500InternalServerError), broken);
            return;
        }

        if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null })
            await http.WriteProblem(ProblemMap.Of(http.Response.StatusCode));
    }

    private Task Answer(HttpContext http, Problem problem, Exception? cause = null)
    {
        // What the handler had already put into the answer was about another outcome.
        http.Response.Clear();
        stamp.Put(http);
        http.RestoreLimit();
        return http.WriteProblem(problem, cause);
    }
}
