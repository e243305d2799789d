using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Tokens;

namespace Tumbler.Api.Tests.Http;

internal sealed class ScriptedInspection : ITokenInspection
{
    public static readonly TokenStatus Good = new(
        "read write", "client-1", "client-1", ["https://api.example"], "https://issuer.example",
        DateTimeOffset.FromUnixTimeSeconds(1_800_000_300), DateTimeOffset.FromUnixTimeSeconds(1_800_000_000),
        DateTimeOffset.FromUnixTimeSeconds(1_800_000_000), "token-1", "acme");

    public Func<RingId, TokenQuestion, ValueTask<TokenStatusAnswer?>> OnIntrospect { get; set; } = (_, _) => new(Good);

    public Func<RingId, TokenQuestion, CallContext, Task<TokenRevocationAnswer?>> OnRevoke { get; set; } =
        (_, _, _) => Task.FromResult<TokenRevocationAnswer?>(new(null));

    public List<(RingId Ring, TokenQuestion Question, CallContext? Call)> Asked { get; } = [];

    public ValueTask<TokenStatusAnswer?> Introspect(RingId ring, TokenQuestion question)
    {
        Asked.Add((ring, question, null));
        return OnIntrospect(ring, question);
    }

    public Task<TokenRevocationAnswer?> Revoke(RingId ring, TokenQuestion question, CallContext call)
    {
        Asked.Add((ring, question, call));
        return OnRevoke(ring, question, call);
    }
}
