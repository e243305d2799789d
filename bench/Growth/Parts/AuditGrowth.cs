using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Tumbler.Tests.Postgres;

namespace Tumbler.Bench.Growth.Parts;

/// <summary>Pages of the audit log by every filter, and a change with its entry, while the log has so many entries.</summary>
internal static class AuditGrowth
{
    private const string Name = "audit";

    /// <summary>So few that the smallest log fills the page of every filter; a page that is not full costs less.</summary>
    private const int PageSize = 10;

    private const int Asked = 15;

    private const string Unaided = "no index has both; docs/design/audit-queries.md says how to ask instead";

    /// <summary>Asking for one thing goes on for so long, and is done once at least.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static async Task<GrowthPart> Measure(GrowthOptions options, GrowthCircumstances circumstances)
    {
        var log = new AuditRows(TimeProvider.System.GetUtcNow());
        await using var fleet = await Fleet.Start(
            Name, options.Sizes(10_000, 1_000_000, 10_000_000), log.Load, "--Storage:Postgres:StatementTimeout", "60s");
        var lines = new List<GrowthLine>();
        lines.Add(await Line("a change with its entry", fleet, (each, n) => each.Http.PutAsJsonAsync(
            new Uri("/api/v1/organizations/bench", UriKind.Relative), new { name = string.Create(CultureInfo.InvariantCulture, $"Bench {n}") })));
        foreach (var (what, query, unbounded) in Queries)
            lines.Add(await Line(what, fleet, (each, _) => each.Http.GetAsync(Page(query(log, each.Size))), unbounded));

        // The newest of the middle leads on into the older half of everything.
        var cursors = new Dictionary<int, string>();
        foreach (var each in fleet.Silos)
        {
            var page = (await each.Http.GetFromJsonAsync<JsonNode>(Page(log.Hour(each.Size))))!;
            cursors[each.Size] = Uri.EscapeDataString((string)page["next_cursor"]!);
        }

        lines.Insert(2, await Line("any, from the middle on", fleet, (each, _) => each.Http.GetAsync(Page($"cursor={cursors[each.Size]}"))));
        return new GrowthPart(
            Name, "audit entries", "ms",
            $"Time until the answer is there, one question at a time, pages of {PageSize} entries. PostgreSQL as it comes, with all of the log in the machine's memory.",
            circumstances, lines, await fleet.Memory());
    }

    /// <summary>By the log and its size; of one organisation where there is a slash.</summary>
    private static readonly (string What, Func<AuditRows, int, string> Query, string? Unbounded)[] Queries =
    [
        ("any", (_, _) => "", null),
        ("an organisation's", (_, _) => $"/{AuditRows.Org}", null),
        ("an actor's", (_, _) => "actor=actor_77", null),
        ("of a resource", (_, _) => "resource_id=resource_77", null),
        ("a common action", (_, _) => "action=UPDATE", null),
        ("a rare action", (_, _) => "action=REVOKE", null),
        ("a type of resource", (_, _) => "resource_type=API_KEY", null),
        ("failures", (_, _) => "status=FAILURE", null),
        ("successes", (_, _) => "status=SUCCESS", null),
        ("an organisation's, a common action", (_, _) => $"/{AuditRows.Org}?action=UPDATE", null),
        ("an organisation's failures", (_, _) => $"/{AuditRows.Org}?status=FAILURE", null),
        ("an hour in the middle", (log, size) => log.Hour(size), null),
        ("an organisation's, an hour in the middle", (log, size) => $"/{AuditRows.Org}?{log.Hour(size)}", null),
        ("since an hour ago", (log, size) => $"from={log.LastHour}", null),
        ("an organisation's, until the middle", (log, size) => $"/{AuditRows.Org}?until={log.Middle(size)}", Unaided),
        ("until the middle", (log, size) => $"until={log.Middle(size)}", Unaided),
    ];

    private static Uri Page(string query)
    {
        var (path, filter) = query.StartsWith('/') ? (query.Split('?')[0], query.Split('?').ElementAtOrDefault(1) ?? "") : ("", query);
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"/api/v1/admin/audit-logs{path}?limit={PageSize}{(filter.Length > 0 ? "&" : "")}{filter}"), UriKind.Relative);
    }

    /// <summary>The sizes in turns. The first time does not count, for much is read and learned then, but of what takes long anyway.</summary>
    private static async Task<GrowthLine> Line(string what, Fleet fleet, Func<SizedSilo, int, Task<HttpResponseMessage>> ask, string? unbounded = null)
    {
        var points = new List<GrowthPoint>();
        var times = fleet.Silos.ToDictionary(each => each.Size, _ => new List<double>());
        for (var n = -1; n < Asked; n++)
        {
            foreach (var each in fleet.Silos.Where(each => times[each.Size].Sum() < Patience.TotalMilliseconds))
            {
                var began = TimeProvider.System.GetTimestamp();
                using var answer = await ask(each, n);
                answer.EnsureSuccessStatusCode();
                var time = TimeProvider.System.GetElapsedTime(began);
                if (n >= 0 || (unbounded is not null && time > Patience))
                    times[each.Size].Add(time.TotalMilliseconds);
            }
        }

        foreach (var (size, taken) in times)
        {
            var median = Comparison.Median(taken);
            points.Add(new GrowthPoint(size, Math.Round(1000 / median, 1), 0, Math.Round(median, 2)));
        }

        Console.WriteLine($"{Name}: {what}: {string.Join(", ", points.Select(point => FormattableString.Invariant($"{point.Size}: {point.Cost:F2} ms")))}");
        return new GrowthLine(what, points, unbounded);
    }
}
