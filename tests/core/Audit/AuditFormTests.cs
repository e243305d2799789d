using System.Text;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Core.Audit;

namespace Tumbler.Core.Tests.Audit;

public class AuditFormTests
{
    private static readonly AuditEntry Entry = new(
        "org:acme", 7, new DateTimeOffset(2026, 11, 21, 11, 30, 0, 5, TimeSpan.FromHours(2)), "acme",
        new Actor(ActorType.ApiKey, "k"), AuditAction.Create, AuditResource.SigningKey, "r", AuditStatus.Success, "q", "::1",
        new Dictionary<string, string> { ["b"] = "\"2\"\n", ["a"] = "€", ["B"] = "" }, "p", "not covered", "nor this");

    [Fact]
    public void Is_the_documented_bytes() => Assert.Equal(
        """
        {"action":"CREATE","actor":{"id":"k","type":"api_key"},"chain":"org:acme","details":{"B":"","a":"€","b":"\"2\"\n"},"org":"acme","prev_hash":"p","request_id":"q","resource_id":"r","resource_type":"SIGNING_KEY","seq":7,"source":"::1","status":"SUCCESS","time":"2026-11-21T09:30:00.005Z"}
        """,
        Encoding.UTF8.GetString(AuditForm.Of(Entry)));

    [Fact]
    public void Is_canonical_json() => Assert.Equal(CanonicalJson.Of(AuditForm.Of(Entry)), AuditForm.Of(Entry));

    [Fact]
    public void Writes_no_organisation_as_null() =>
        Assert.Contains("\"org\":null,", Encoding.UTF8.GetString(AuditForm.Of(Entry with { Org = null })), StringComparison.Ordinal);

    [Fact]
    public void Refuses_half_a_character() =>
        Assert.Throws<FormatException>(() => AuditForm.Of(Entry with { Source = "" + '\ud800' }));
}
