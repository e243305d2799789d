using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Core.Audit;

namespace Tumbler.Engine.Tests.Audit;

/// <summary>Requests that were turned away.</summary>
internal static class Turned
{
    public static SecurityEvent Away(int source = 1, SecurityReason reason = SecurityReason.UnknownKey, string requestId = "request-1") =>
        new(reason, new RequestOrigin(requestId, $"192.0.2.{source}", "POST /oauth2/token"), Installation.Start);

    /// <summary>Of somebody who proved a key.</summary>
    public static SecurityEvent Known(int key) =>
        Away(reason: SecurityReason.Forbidden) with { Key = new ApiKeyId(new Guid(key, 0, 0, new byte[8])) };
}
