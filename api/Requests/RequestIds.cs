using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tumbler.Api.Headers;
using Tumbler.Contracts.Input;
using Tumbler.Engine;

namespace Tumbler.Api.Requests;

/// <summary>Gives every request its id: the caller's when it is harmless, else a new one. It is on the answer, in every
/// log line and, by the <see cref="Contracts.Calls.CallContext"/>, in the audit log.</summary>
internal sealed class RequestIds(RequestDelegate next, ResponseStamp stamp, ILogger<RequestIds> log)
{
    private static readonly Func<ILogger, string, IDisposable?> Scope = LoggerMessage.DefineScope<string>("request {RequestId}");

    public async Task InvokeAsync(HttpContext http)
    {
        http.TraceIdentifier = http.Request.Headers["X-Request-ID"] is [{ } given] && InputRules.IsRequestId(given)
            ? given
            : Chance.Uuid().ToString();
        stamp.Put(http);
        using (Scope(log, http.TraceIdentifier))
            await next(http);
    }
}
