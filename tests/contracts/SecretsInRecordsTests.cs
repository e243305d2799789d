using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Tokens;

namespace Tumbler.Contracts.Tests;

/// <summary>A record writes out every member unless it is told not to, and one careless log line or assertion does the rest.</summary>
public sealed class SecretsInRecordsTests
{
    private const string Secret = "do-not-show-me";

    private static readonly ApiKeyId Id = ApiKeyId.Parse("11111111-2222-4333-8444-555555555555");

    public static TheoryData<object> Records { get; } =
    [
        new IssuedApiKey(Id, Secret, "ci", "0123456789abcdef", [], [], [], DateTimeOffset.UnixEpoch, null),
        new RotatedApiKeys(Id, Secret, [], DateTimeOffset.UnixEpoch),
        new VerifyApiKey(Secret, Audience: "https://a.example"),
        new TokenRequest(Id.ToString(), Secret, null, [], new RequestOrigin("request-1", "192.0.2.1", "POST /oauth2/token")),
        new TokenRequest(Id.ToString(), null, null, [], new RequestOrigin("request-1", "192.0.2.1", "POST /oauth2/token")) { Assertion = Secret },
        new IssuedToken(Secret, 300, "read"),
        new ExportKey("pkcs8", Secret),
        new ExportedKey(RingId.Default, new Kid(Guid.Empty), JwsAlgorithm.ES256, KeyFormat.Pkcs8, Secret),
        new ImportKey("pkcs8", Secret, Secret),
        new CallContext(Actor.Administrator, "request-1", "192.0.2.1", Secret),
    ];

    [Theory]
    [MemberData(nameof(Records), DisableDiscoveryEnumeration = true)]
    public void A_record_with_a_secret_does_not_show_it(object record) =>
        Assert.DoesNotContain(Secret, record.ToString(), StringComparison.Ordinal);
}
