using Microsoft.AspNetCore.Http;

namespace Tumbler.Api.Credentials;

internal static class CallerOfRequest
{
    public static Caller Caller(this HttpContext http) => http.Features.Get<Caller>() ?? Credentials.Caller.Anonymous;
}
