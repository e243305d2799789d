using Microsoft.AspNetCore.Http;
using Tumbler.Api.Problems;
using Tumbler.Contracts.Calls;

namespace Tumbler.Api.Requests;

/// <summary>Answers that are streams of events (HTML Living Standard §9.2): so many at once, for each takes a connection for long.</summary>
/// <param name="otherwise">What whoever comes beyond that can do.</param>
internal sealed class EventStreams(int most, string otherwise)
{
    private int streams;

    public async Task Hold(HttpContext http, Func<HttpContext, Task> follow)
    {
        try
        {
            if (Interlocked.Increment(ref streams) > most)
                await http.WriteProblem(ProblemMap.Of(new Refusal(ErrorCode.Unavailable, $"This node has as many event streams as it takes. {otherwise}")));
            else
                await follow(http);
        }
        finally
        {
            Interlocked.Decrement(ref streams);
        }
    }

    public static void Begin(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";

        // nginx would wait for more.
        response.Headers["X-Accel-Buffering"] = "no";
    }
}
