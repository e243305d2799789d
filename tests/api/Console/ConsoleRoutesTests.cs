using System.Net;
using System.Text.RegularExpressions;
using Tumbler.Api.Console;
using Tumbler.Api.Headers;
using Tumbler.Api.Tests.Http;

namespace Tumbler.Api.Tests.Console;

public sealed partial class ConsoleRoutesTests(TestEdge edge) : IClassFixture<TestEdge>
{
    private const int MostBytes = 150 * 1024;

    private readonly ConsoleFiles files = new();

    private IEnumerable<string> Paths => files.Names.Select(name => $"/console/{files.Version}/{name}");

    [Fact]
    public async Task The_page_is_for_anyone_and_may_load_its_own_files_only()
    {
        using var page = await edge.Send("GET", "/console/");
        Assert.Equal((HttpStatusCode.OK, "text/html; charset=utf-8"), (page.StatusCode, page.Content.Headers.ContentType!.ToString()));
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
            Assert.Single(page.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal(["DENY"], page.Headers.GetValues("X-Frame-Options"));
        Assert.Equal(["nosniff"], page.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["no-referrer"], page.Headers.GetValues("Referrer-Policy"));
        Assert.Equal(["same-origin"], page.Headers.GetValues("Cross-Origin-Opener-Policy"));
        Assert.Equal(["same-origin"], page.Headers.GetValues("Cross-Origin-Resource-Policy"));
    }

    [Fact]
    public async Task Its_policy_holds_also_where_a_gateway_sets_the_other_headers()
    {
        await using var other = new TestEdge(options => options with { Headers = HeaderOptions.Default with { Security = false } });
        await other.InitializeAsync();
        using var page = await other.Send("GET", "/console/");
        Assert.StartsWith("default-src 'none'; script-src 'self';", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_file_has_its_type_and_is_kept_for_ever()
    {
        Assert.InRange(files.Names.Count(), 10, 40);
        foreach (var path in Paths)
        {
            using var file = await edge.Send("GET", path);
            var type = Path.GetExtension(path) switch
            {
                ".js" => "text/javascript; charset=utf-8",
                ".css" => "text/css; charset=utf-8",
                _ => "image/svg+xml",
            };
            Assert.Equal((HttpStatusCode.OK, type), (file.StatusCode, file.Content.Headers.ContentType!.ToString()));
            Assert.Equal(["public, max-age=31536000, immutable"], file.Headers.NonValidated["Cache-Control"]);
            Assert.Contains("script-src 'self';", Assert.Single(file.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("gzip")]
    public async Task The_page_is_asked_for_anew_and_comes_once(string encoding)
    {
        using var page = await edge.Send("GET", "/console/", null, ("Accept-Encoding", encoding));
        Assert.True(page.Headers.CacheControl is { NoCache: true, Public: false });
        var tag = page.Headers.ETag!.ToString();
        using var same = await edge.Send("GET", "/console/", null, ("Accept-Encoding", encoding), ("If-None-Match", tag));
        Assert.Equal((HttpStatusCode.NotModified, tag), (same.StatusCode, same.Headers.ETag!.ToString()));
        Assert.Empty(await same.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        using var other = await edge.Send("GET", "/console/", null, ("Accept-Encoding", encoding), ("If-None-Match", "\"other\""));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Small_files_come_smaller_to_those_who_can_open_them()
    {
        var path = Paths.Single(path => path.EndsWith("/console.css", StringComparison.Ordinal));
        using var plain = await edge.Send("GET", path);
        using var packed = await edge.Send("GET", path, null, ("Accept-Encoding", "gzip"));
        Assert.Equal(["gzip"], packed.Content.Headers.ContentEncoding);
        Assert.InRange(packed.Content.Headers.ContentLength!.Value, 1, plain.Content.Headers.ContentLength!.Value / 2);
        Assert.NotEqual(plain.Headers.ETag, packed.Headers.ETag);
        Assert.Contains("Accept-Encoding", packed.Headers.Vary);
    }

    [Fact]
    public async Task All_of_it_is_under_150_KB()
    {
        var sizes = new List<long>();
        foreach (var path in Paths.Append("/console/"))
        {
            using var head = await edge.Send("HEAD", path);
            Assert.Equal(HttpStatusCode.OK, head.StatusCode);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            sizes.Add(head.Content.Headers.ContentLength!.Value);
        }

        Assert.InRange(sizes.Sum(), 1, MostBytes);
    }

    [Fact]
    public async Task The_page_names_every_file_by_its_version_and_no_other_host()
    {
        var page = await Text("/console/");
        Assert.DoesNotContain("{version}", page, StringComparison.Ordinal);
        var named = Reference().Matches(page).Select(match => match.Groups[1].Value).Where(target => target[0] != '#').Distinct().ToArray();
        Assert.All(named, target => Assert.StartsWith($"{files.Version}/", target, StringComparison.Ordinal));
        Assert.Equal(files.Names.Order(), named.Select(target => target[(files.Version.Length + 1)..]).Order());
    }

    [Fact]
    public async Task Nothing_is_inline_and_no_text_becomes_markup_or_code()
    {
        var page = await Text("/console/");
        Assert.DoesNotMatch("<style", page);
        Assert.DoesNotMatch("<script(?![^>]* src=)", page);
        Assert.DoesNotMatch("\\s(style|on[a-z]+)=\"", page);
        foreach (var path in Paths.Where(path => path.EndsWith(".js", StringComparison.Ordinal)))
        {
            var script = await Text(path);
            Assert.DoesNotMatch("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|DOMParser|\\beval\\(|new Function|createContextualFragment|setHTML", script);
            Assert.DoesNotMatch("localStorage|sessionStorage|indexedDB|document\\.cookie|caches\\.", script);
            Assert.DoesNotMatch("https?://(?!www\\.w3\\.org/2000/svg)", script);
        }

        Assert.DoesNotMatch("url\\(|@import|https?:", await Text(Paths.Single(path => path.EndsWith(".css", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Modules_import_each_other_by_names_that_are_there()
    {
        foreach (var path in Paths.Where(path => path.EndsWith(".js", StringComparison.Ordinal)))
            Assert.All(Import().Matches(await Text(path)).Select(match => match.Groups[1].Value), name => Assert.Contains(name, files.Names));
    }

    [Fact]
    public async Task Without_the_last_slash_it_leads_to_the_page()
    {
        using var answer = await edge.Send("GET", "/console");
        Assert.Equal((HttpStatusCode.PermanentRedirect, "console/"), (answer.StatusCode, answer.Headers.Location?.ToString()));
    }

    [Theory]
    [InlineData("/console/app.js")]
    [InlineData("/console/0123456789abcdef/app.js")]
    [InlineData("/console/VERSION/nothing.js")]
    [InlineData("/console/VERSION/index.html")]
    [InlineData("/console/VERSION/APP.JS")]
    [InlineData("/console/VERSION/")]
    [InlineData("/console/VERSION/app.js/")]
    [InlineData("/console/VERSION/app.js%00")]
    [InlineData("/console/VERSION/..%2fapp.js")]
    [InlineData("/console/VERSION/%2e%2e%2fVERSION%2fapp.js")]
    [InlineData("/console/VERSION/..%5c..%5cappsettings.json")]
    [InlineData("/console/VERSION/%2fetc%2fpasswd")]
    [InlineData("/console/../../../../etc/passwd")]
    [InlineData("/console/VERSION/../../appsettings.json")]
    [InlineData("/console/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/console//app.js")]
    public async Task Elsewhere_there_is_nothing(string path)
    {
        // Raw: a client would tidy the path up. A slash at the end means nothing to routing.
        var answer = await edge.SendRaw($"GET {path.Replace("VERSION", files.Version, StringComparison.Ordinal)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        if (path.EndsWith("app.js/", StringComparison.Ordinal))
            Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        else
            Assert.Matches("^HTTP/1.1 40[04] ", answer);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
    }

    private async Task<string> Text(string path)
    {
        using var answer = await edge.Send("GET", path);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Reference();

    [GeneratedRegex("from \"\\./([^\"]*)\"")]
    private static partial Regex Import();
}
