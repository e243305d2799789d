using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Tokens;

namespace Tumbler.Api.Tests.Http;

internal sealed class ScriptedTokens : ITokens
{
    public Func<RingId, TokenRequest, ValueTask<TokenAnswer?>> OnIssue { get; set; } = Usual;

    public List<TokenRequest> Requests { get; } = [];

    public ValueTask<TokenAnswer?> Issue(RingId ring, TokenRequest request)
    {
        lock (Requests)
            Requests.Add(request);
        return OnIssue(ring, request);
    }

    public static ValueTask<TokenAnswer?> Usual(RingId ring, TokenRequest request) =>
        ValueTask.FromResult<TokenAnswer?>(new IssuedToken("aaa.bbb.ccc", 300, request.Scope ?? "read write"));
}
