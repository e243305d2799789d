using System.Collections.Immutable;
using System.Text;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Core.Audit;

namespace Tumbler.Core.Tests.Audit;

public sealed class AuditLineTests
{
    private static readonly AuditEntry Sample = new(
        "org:acme", 3, new DateTimeOffset(2026, 3, 1, 12, 0, 0, 5, TimeSpan.Zero), "acme", new Actor(ActorType.ApiKey, "\"ключ\"\n"),
        AuditAction.Rotate, AuditResource.ApiKey, "id", AuditStatus.Success, "request-1", "192.0.2.1",
        new Dictionary<string, string> { ["b"] = "\U0001F511", ["a"] = "" }.ToImmutableSortedDictionary(StringComparer.Ordinal), "00", "11", "22");

    [Fact]
    public void A_line_holds_the_whole_entry_and_is_read_back()
    {
        var line = AuditForm.Line(Sample);

        Assert.Equal(line, CanonicalJson.Of(line));
        Assert.Equal(line, AuditForm.Line(AuditLine.Parse(line)!));
        Assert.Equal(
            """{"action":"ROTATE","actor":{"id":"\"ключ\"\n","type":"api_key"},"chain":"org:acme","details":{"a":"","b":"🔑"},"hash":"11","mac":"22","org":"acme","prev_hash":"00","request_id":"request-1","resource_id":"id","resource_type":"API_KEY","seq":3,"source":"192.0.2.1","status":"SUCCESS","time":"2026-03-01T12:00:00.005Z"}""",
            Encoding.UTF8.GetString(line));
        Assert.Null(AuditLine.Parse(AuditForm.Line(Sample with { Org = null }))!.Org);
    }

    [Theory]
    [InlineData("ROTATE", "ROTATED")]
    [InlineData("ROTATE", "rotate")]
    [InlineData("\"seq\":3", "\"seq\":3.0")]
    [InlineData("\"seq\":3", "\"seq\":\"3\"")]
    [InlineData("\"seq\":3", "\"seq\":99999999999999999999")]
    [InlineData("\"org\":\"acme\"", "\"org\":7")]
    [InlineData("\"a\":\"\"", "\"a\":null")]
    [InlineData("\"a\":\"\"", "\"a\":1")]
    [InlineData("\"a\":\"\"", "\"a\":\"\",\"a\":\"\"")]
    [InlineData("\"details\":{", "\"details\":[{")]
    [InlineData(".005Z", "Z")]
    [InlineData("\"id\":", "\"x\":1,\"id\":")]
    [InlineData("\"action\"", " \"action\"")]
    [InlineData("acme\",\"prev", "\\u0061cme\",\"prev")]
    [InlineData("acme\",\"prev", "\\ud800\",\"prev")]
    [InlineData("\"mac\":\"22\",", "")]
    [InlineData("\"hash\":\"11\"", "\"hash\":null")]
    [InlineData("{", "")]
    public void Another_spelling_of_a_line_is_no_line(string part, string other)
    {
        var line = Encoding.UTF8.GetString(AuditForm.Line(Sample));
        Assert.Contains(part, line, StringComparison.Ordinal);
        var at = line.IndexOf(part, StringComparison.Ordinal);

        Assert.Null(AuditLine.Parse(Encoding.UTF8.GetBytes(line[..at] + other + line[(at + part.Length)..])));
    }

    [Fact]
    public void No_bytes_make_the_reader_throw()
    {
        var random = new Random(5);
        var line = AuditForm.Line(Sample);
        for (var i = 0; i < 20_000; i++)
        {
            var changed = line.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            var entry = AuditLine.Parse(changed.AsMemory(0, random.Next(4) == 0 ? random.Next(changed.Length) : changed.Length));
            Assert.True(entry is null || AuditForm.Line(entry).AsSpan().SequenceEqual(changed));
        }
    }
}
