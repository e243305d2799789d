using System.Text.RegularExpressions;
using Tumbler.Api.Credentials;
using Tumbler.Api.Tests.Http;

namespace Tumbler.Api.Tests.Credentials;

/// <summary>Every route with every kind of caller, over HTTP, against the table that people read.</summary>
public sealed partial class RightsTests(TestEdge edge) : IClassFixture<TestEdge>
{
    private const string Yes = "yes";

    // They judge credentials of their own, or do not end: ForwardAuthTests, MetricsRoutesTests, RevocationRoutesTests, EventRoutesTests.
    private static readonly string[] NotWalked = ["* /api/v1/forward-auth", "GET /metrics", "GET /api/v1/revocations/{ring}/events", "GET /api/v1/admin/events"];

    private static readonly (string Column, (string Header, string Value)[] Credential)[] Callers =
    [
        ("nobody", []),
        ("own key", [("X-API-Key", ScriptedApiKeys.AcmeKey)]),
        ("own token", [Bearer(ScriptedBearers.Acme)]),
        ("another's", [("X-API-Key", ScriptedApiKeys.OtherKey)]),
        ("another's", [Bearer(ScriptedBearers.Other)]),
        ("auditor", [Bearer("ops/tumbler:auditor")]),
        ("operator", [Bearer("ops/tumbler:operator")]),
        ("owner", [Bearer("ops/tumbler:owner")]),
        ("owner", [("X-Admin-Key", TestEdge.AdminKey)]),
    ];

    [Fact]
    public void The_documented_routes_are_those_of_the_table() =>
        Assert.Equal(RouteAccess.Table.Keys.Order(StringComparer.Ordinal), Documented().Keys.Order(StringComparer.Ordinal));

    [Fact]
    public async Task Each_route_answers_each_caller_as_documented()
    {
        var wrong = new List<string>();
        foreach (var (name, rights) in Documented().Where(route => !NotWalked.Contains(route.Key)))
        {
            var (method, path) = RouteRequest.For(name);
            foreach (var (column, credential) in Callers)
            {
                using var answer = await edge.Send(method, path, null, credential);
                var got = (int)answer.StatusCode is 401 or 403 ? $"{(int)answer.StatusCode}" : Yes;
                if (got != rights[column])
                    wrong.Add($"{name} for {column}: {got} instead of {rights[column]}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_token_of_a_suspended_client_opens_nothing_that_is_not_open_to_all()
    {
        foreach (var (name, access) in RouteAccess.Table.Where(entry => entry.Value != Access.Anyone))
        {
            var (method, path) = RouteRequest.For(name);
            using var answer = await edge.Send(method, path, null, Bearer(ScriptedBearers.Refused));
            Assert.True((int)answer.StatusCode == 401, $"{name} ({access}) answered {(int)answer.StatusCode}");
            Assert.Equal("Bearer error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString());
        }
    }

    [Fact]
    public async Task Whoever_lacks_a_scope_is_told_the_least_that_is_enough()
    {
        foreach (var (name, access) in RouteAccess.Table.Where(entry => entry.Value != Access.Anyone))
        {
            var (method, path) = RouteRequest.For(name);
            using var answer = await edge.Send(method, path, null, Bearer(ScriptedBearers.Other));
            var needed = access switch
            {
                Access.Owner => "tumbler:owner",
                Access.Admin or Access.AdminOrOwnKey or Access.Client => "tumbler:operator",
                _ => "tumbler:auditor",
            };
            Assert.Equal($"Bearer error=\"insufficient_scope\", scope=\"{needed}\"", answer.Headers.WwwAuthenticate.ToString());
        }
    }

    private static (string Header, string Value) Bearer(string token) => ("Authorization", $"Bearer {token}");

    private static Dictionary<string, Dictionary<string, string>> Documented()
    {
        var rows = File.ReadLines(Path.Combine(Root(), "docs", "http.md"))
            .SkipWhile(line => line != "## Rights").Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .ToArray();
        return rows.Skip(2).ToDictionary(
            row => Code().Match(row[0]).Groups[1].Value,
            row => rows[0].Zip(row).Skip(1).ToDictionary(cell => cell.First, cell => cell.Second));
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Orleans.sln")))
            directory = directory.Parent ?? throw new DirectoryNotFoundException("These tests run only inside the repository.");
        return directory.FullName;
    }

    [GeneratedRegex("`(.*)`")]
    private static partial Regex Code();
}
