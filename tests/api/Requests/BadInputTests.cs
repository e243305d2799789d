using System.Globalization;
using Tumbler.Api.Credentials;
using Tumbler.Api.Tests.Http;

namespace Tumbler.Api.Tests.Requests;

/// <summary>Whatever comes in, no answer is a 5xx.</summary>
public class BadInputTests(TestEdge edge) : IClassFixture<TestEdge>
{
    private const int Seed = 20_310_203;

    private static readonly string[] Values =
        ["", "%", "%00", "%zz", "%ff", "..", "%2e%2e", "a%2Fb", "%F0%9F%94%91", "'", "\"", "<x>", "default", "acme", new('a', 3_000)];

    private static readonly string[] Queries =
        ["", "?", "?limit", "?limit=%00", "?limit=%ff", "?&&&", "?cursor=%zz", "?a[b]=c", "?=", "?limit=1;cursor=2", "?%"];

    private static readonly string[] Types =
        ["application/json", "application/x-www-form-urlencoded", "application/json;;", ";", "a/b; charset=", "multipart/form-data; boundary=x"];

    private static readonly string[] Fragments =
        ["{", "}", "[", "]", "\"", ":", ",", "null", "1e999", "\\u0000", "\\ud800", "\"slug\"", "\"key\":\"k\"", "&", "=", "%", "+", "grant_type", "client_credentials", "\xff", "\0", "\r\n"];

    [Fact]
    public async Task Two_thousand_bad_requests_to_every_sort_of_route_get_no_5xx()
    {
        var random = new Random(Seed);
        // A stream of events has no end that could be waited for.
        var routes = RouteAccess.Table.Keys.Where(route => route != "GET /api/v1/admin/events").Order(StringComparer.Ordinal).ToArray();
        for (var i = 0; i < 2_000; i++)
        {
            var request = Request(random, routes[random.Next(routes.Length)]);
            var answer = await edge.SendRaw(request);
            Assert.True(answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal), $"No answer to: {request}");
            var status = int.Parse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture);
            Assert.True(status < 500, $"{status} to: {request}");
        }
    }

    private static string Request(Random random, string route)
    {
        var parts = route.Split(' ');
        var method = random.Next(10) == 0 ? "FROB" : parts[0].Split(',')[0];
        var path = parts[1];
        while (path.Contains('{', StringComparison.Ordinal))
        {
            var (start, end) = (path.IndexOf('{', StringComparison.Ordinal), path.IndexOf('}', StringComparison.Ordinal));
            path = string.Concat(path.AsSpan(0, start), Pick(Values), path.AsSpan(end + 1));
        }

        var body = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Pick(Fragments)));
        return $"{method} {path}{Pick(Queries)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Admin-Key: {TestEdge.AdminKey}\r\n"
            + $"Content-Type: {Pick(Types)}\r\nAuthorization: Basic {Pick(Values)}\r\nIf-None-Match: {Pick(Values)}\r\n"
            + $"Accept-Encoding: {Pick(Values)}\r\nContent-Length: {body.Length}\r\n\r\n{body}";

        string Pick(string[] from) => from[random.Next(from.Length)];
    }
}
