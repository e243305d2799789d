using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;

namespace Tumbler.Core.Tests.Audit;

/// <summary>Requests that were turned away.</summary>
internal static class Turned
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    public static readonly OrgSlug Org = OrgSlug.Parse("acme");

    public static ApiKeyId Id(int number) => new(new Guid(number, 0, 0, new byte[8]));

    public static SecurityEvent Away(
        SecurityReason reason = SecurityReason.UnknownKey, string requestId = "q-1", string source = "192.0.2.1",
        string route = "POST /oauth2/token", DateTimeOffset? at = null) =>
        new(reason, new RequestOrigin(requestId, source, route), at ?? Now);

    public static SecurityTally Once(this SecurityEvent happened) => new(happened, 1, happened.At);

    public static SecurityBatch Batch(params SecurityTally[] tallies) => Batch(1, tallies);

    public static SecurityBatch Batch(int number, params SecurityTally[] tallies) =>
        new(new Guid(number, 0, 0, new byte[8]), tallies, new Dictionary<SecurityReason, long>());
}
