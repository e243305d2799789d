using System.Globalization;
using System.Text;
using Tumbler.Stories.Tests.Attacks;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests;

public sealed class S26_Whatever_is_sent_gets_the_right_refusal(StoryRun run)
{
    /// <summary>What the product may have grown by after all of it, in MiB.</summary>
    private const double Growth = 96;

    /// <summary>LONG stands for 5,000 letters.</summary>
    private static readonly (string What, string Request)[] NoHttp =
    [
        ("two lengths", "POST /oauth2/token HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello"),
        ("a length that is no number", "POST /oauth2/token HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5, 5\r\n\r\nhello"),
        ("a negative length", "POST /oauth2/token HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: -5\r\n\r\nhello"),
        ("an unknown coding", "POST /oauth2/token HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: gzip\r\n\r\nhello"),
        ("chunked, but not last", "POST /oauth2/token HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
        ("a chunk's size that is none", "POST /oauth2/token HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n"),
        ("no host", "GET /health/live HTTP/1.1\r\n\r\n"),
        ("two hosts", "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\nHost: y\r\n\r\n"),
        ("a host with a space", "GET /health/live HTTP/1.1\r\nHost: x y\r\n\r\n"),
        ("a null byte in a header", "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-ID: a\0b\r\n\r\n"),
        ("a bare carriage return in a header", "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-ID: a\rX-Admin-Key: b\r\n\r\n"),
        ("a space before the colon", "GET /health/live HTTP/1.1\r\nHost : x\r\n\r\n"),
        ("a folded header", "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-A: b\r\n c\r\n\r\n"),
        ("no path", "GET HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
        ("a path with a null byte", "GET /health\0/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
        ("a fragment", "GET nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
        ("another protocol", "GET /health/live HTTP/3.7\r\nHost: x\r\nConnection: close\r\n\r\n"),
        ("not HTTP", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"),
        ("a method of 5,000 letters", "LONG /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
        ("40,000 bytes of headers", "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Big: LONGLONGLONGLONGLONGLONGLONGLONG\r\n\r\n"),
        ("a target of 10,000 bytes", "GET /LONGLONG HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
    ];

    [Fact]
    public async Task Each_bad_request_of_the_list_gets_its_status_and_its_code_and_none_a_500()
    {
        using var home = new SiloHome(run, "attacked");
        await using var silo = await home.Start("--Rings:default:Algorithm", "ES256");
        var (names, credentials) = await Scene(silo);
        var attacks = File.ReadLines(Path.Combine(run.StoriesFolder, "Attacks", "attacks.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => Attack.Parse(line, names))
            .ToArray();
        Assert.True(attacks.Length >= 150);
        var before = silo.ResidentMemory();

        var wrong = new List<string>();
        foreach (var attack in attacks)
        {
            var answer = await RawAnswer.To(home.Url, attack.Request(home.Url.Authority, credentials));
            if (Fault(attack, answer) is { } fault)
                wrong.Add($"{attack.Line}\n      {fault}");
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        await StandsAsItStood(silo, before, attacks.Count(attack => attack.Status is 401 or 403));
        run.Measured($"{attacks.Length} bad requests: each refused as the list says; memory {before:F0} to {silo.ResidentMemory():F0} MiB");
    }

    [Fact]
    public async Task What_is_no_HTTP_is_refused_and_ends_the_connection()
    {
        using var home = new SiloHome(run, "misspoken");
        await using var silo = await home.Start("--Rings:default:Algorithm", "ES256");

        foreach (var (what, request) in NoHttp)
        {
            var answer = await RawAnswer.To(home.Url, Encoding.Latin1.GetBytes(request.Replace("LONG", new string('A', 5_000), StringComparison.Ordinal)));

            Assert.True(answer.Status is 501 or 505 or (>= 400 and < 500), $"{what}: {answer.Status} {answer.Head}");
            Assert.DoesNotContain("   at ", answer.Body, StringComparison.Ordinal);
            Assert.True(await silo.IsReady(), what);
        }
    }

    private static string? Fault(Attack attack, RawAnswer answer)
    {
        if (answer.Status != attack.Status || attack.Error is not (null or Attack.NoHttp) && answer.Error != attack.Error)
            return $"got {answer.Status} {answer.Error}: {answer.Body}";
        if (attack.Error == Attack.NoHttp)
            return answer.Body.Length == 0 ? null : $"says: {answer.Body}";
        if (!answer.Head.Contains("\r\nX-Request-ID: ", StringComparison.OrdinalIgnoreCase))
            return "no X-Request-ID";
        if (!answer.Head.Contains("\r\nX-Content-Type-Options: nosniff", StringComparison.OrdinalIgnoreCase))
            return "no X-Content-Type-Options";
        return answer.Body.Contains("   at ", StringComparison.Ordinal) || answer.Body.Contains("Exception", StringComparison.Ordinal)
            ? $"shows its inside: {answer.Body}"
            : null;
    }

    private async Task<(IReadOnlyDictionary<string, string> Names, IReadOnlyDictionary<string, string> Credentials)> Scene(SiloProcess silo)
    {
        foreach (var org in (string[])["acme", "globex"])
            await silo.Admin.CreateOrganization(org);
        var (own, other, revoked) = (await silo.Admin.CreateApiKey("acme"), await silo.Admin.CreateApiKey("globex"), await silo.Admin.CreateApiKey("acme"));
        await silo.Admin.RevokeApiKey("acme", revoked.Id);
        var kid = (await silo.Admin.Keys("default"))[0].Kid;
        const string wrong = "Wrong-admin-key-0123456789-0123456789-abcdef";
        run.Secrets.Add(wrong);
        return (
            new Dictionary<string, string>
            {
                ["org"] = "acme", ["ring"] = "default", ["id"] = own.Id, ["kid"] = kid, ["key"] = own.Key, ["long"] = new('a', 3_000),
            },
            new Dictionary<string, string>
            {
                ["-"] = "",
                ["admin"] = $"X-Admin-Key: {silo.Home.AdminKey}",
                ["wrong-admin"] = $"X-Admin-Key: {wrong}",
                ["org"] = $"X-API-Key: {own.Key}",
                ["other"] = $"X-API-Key: {other.Key}",
                ["revoked"] = $"X-API-Key: {revoked.Key}",
                ["basic"] = Basic(own.Id, own.Key),
                ["basic-wrong"] = Basic(own.Id, $"{own.Key}x"),
            });
    }

    private static string Basic(string id, string secret) =>
        string.Create(CultureInfo.InvariantCulture, $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}"))}");

    /// <summary>Of what happened alike there is one entry.</summary>
    private static int Count(Clients.AuditEntry entry) => int.Parse(entry.Details["count"], CultureInfo.InvariantCulture);

    /// <summary>Nothing was changed, nothing fell over, everything was noted.</summary>
    private static async Task StandsAsItStood(SiloProcess silo, double before, int refused)
    {
        Assert.Equal(["acme", "globex"], await silo.Admin.Organizations());
        Assert.True((await silo.Admin.VerifyAudit()).Valid);
        Assert.DoesNotContain("internal_error", silo.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", silo.Log, StringComparison.Ordinal);
        await Until.True("the refusals are in the audit log", TimeSpan.FromSeconds(30), async () =>
            (await silo.Admin.WholeAuditLog("status=FAILURE&resource_type=CREDENTIAL")).Sum(entry => Count(entry)) >= refused);
        Assert.True(silo.ResidentMemory() < before + Growth, $"Memory went from {before:F0} to {silo.ResidentMemory():F0} MiB.");
    }
}
