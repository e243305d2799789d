using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Tumbler.Bench.Tests.Growth;

/// <summary>That growth is measured, judged and shown; how fast anything is, no test asserts.</summary>
public sealed class GrowthTests : IDisposable
{
    private const string Begin = "<!-- growth: made by bench/growth -->", End = "<!-- /growth -->";

    private static readonly bool Long = Environment.GetEnvironmentVariable("TUMBLER_TEST_LONG") == "1";

    private readonly string folder = Directory.CreateTempSubdirectory("tumbler-growth-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_hundredth_of_everything_is_measured_at_its_smallest_and_its_largest()
    {
        string[] parts = Long ? ["rings", "keys", "organizations", "revocations", "audit", "connections"] : ["keys"];

        var (status, output, errors) = await Run([.. parts, "--small", "--out", folder]);

        Assert.True(status == 0, output + errors);
        var measured = JsonNode.Parse(Read(folder, "performance/growth.json"))!["parts"]!.AsArray();
        Assert.Equal(parts, measured.Select(part => (string)part!["name"]!));
        Assert.All(measured, part => Measured(part!, output));
        var keys = measured.Single(part => (string)part!["name"]! == "keys")!;
        Assert.Equal(["verify", "token", "an organisation's first use"], keys["lines"]!.AsArray().Select(line => (string)line!["name"]!));
        Assert.All(keys["lines"]!.AsArray(), line => Assert.Equal([10, 10_000], line!["points"]!.AsArray().Select(point => (long)point!["size"]!)));
        Assert.Equal([10, 10_000], keys["memory"]!.AsArray().Select(each => (long)each!["size"]!));
    }

    [Theory]
    [InlineData(1_000_000, 1.62, 0)]
    [InlineData(1_000_000, 1.63, 1)]
    [InlineData(2_000, 1.06, 0)]
    [InlineData(2_000, 1.07, 1)]
    public async Task What_costs_more_with_more_by_a_sixteenth_for_each_doubling_holds_and_what_costs_more_than_that_fails(int largest, double cost, int expected)
    {
        Keep(Line("verify", (1_000, 1), (largest, cost)));

        var (status, output, _) = await Run("--draw", "--out", folder);

        Assert.Equal(expected, status);
        Assert.Contains($"growth keys, verify: {cost:F2} times", output, StringComparison.Ordinal);
        Assert.Equal(expected == 1, output.Contains("GROWS TOO FAST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task None_counts_as_one_and_what_has_a_reason_may_grow()
    {
        Keep(Line("introspect", (0, 10), (2_048, 16)), """{"name":"whole","unbounded":"it is all of it","points":[{"size":0,"per_second":1,"p99":0,"cost":1},{"size":2048,"per_second":1,"p99":0,"cost":900}]}""");

        var (status, output, _) = await Run("--draw", "--out", folder);

        Assert.Equal(0, status);
        Assert.Contains("growth keys, introspect: 1.60 times, at most 1.69: holds\n", output, StringComparison.Ordinal);
        Assert.Contains("growth keys, whole: 900.00 times, not bounded\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_table_stands_between_its_marks_and_the_plot_beside_it()
    {
        Keep(Line("verify", (1_000, 30.5), (1_000_000, 33)));
        Write("performance.md", $"before\n{Begin}\nwhat was there\n{End}\nafter\n");

        await Run("--draw", "--out", folder);

        var page = Read(folder, "performance.md");
        Assert.StartsWith($"before\n{Begin}\n\n### Against the number of API keys\n", page, StringComparison.Ordinal);
        Assert.EndsWith($"\n{End}\nafter\n", page, StringComparison.Ordinal);
        Assert.DoesNotContain("what was there", page, StringComparison.Ordinal);
        Assert.Contains("| | 1,000 | 1,000,000 | grows | at most |\n", page, StringComparison.Ordinal);
        Assert.Contains("| verify | 30.5 µs, 20,000/s, p99 2.5 ms | 33 µs, 20,000/s, p99 2.5 ms | 1.08 × | 1.62 × |\n", page, StringComparison.Ordinal);
        Assert.Contains("| memory | 150 MiB, 20 managed | 650 MiB, 420 managed | 0.51 KiB each, 0.41 KiB managed | |\n", page, StringComparison.Ordinal);
        Assert.Contains("(images/growth-keys.svg)", page, StringComparison.Ordinal);
        var svg = XDocument.Load(Path.Combine(folder, "images", "growth-keys.svg")).Root!;
        Assert.Equal(["done a second", "processor time each, µs", "memory, MiB"], svg.Descendants().Where(each => (string?)each.Attribute("font-weight") == "600").Select(each => each.Value));
        Assert.Equal(4, svg.Descendants().Count(each => each.Name.LocalName == "polyline"));
    }

    /// <summary>Before anything is measured there is nothing to show.</summary>
    [Fact]
    public async Task The_documentation_shows_the_figures_that_are_kept_and_they_grow_no_faster_than_they_may()
    {
        var docs = Path.Combine(Root(), "docs");
        foreach (var file in (string[])["performance.md", "performance/growth.json"])
        {
            if (File.Exists(Path.Combine(docs, file)))
                Write(file, Read(docs, file));
        }

        var (status, output, errors) = await Run("--draw", "--out", folder);

        Assert.True(status == 0, output + errors);
        Assert.Equal(Read(folder, "performance.md"), Read(docs, "performance.md"));
        string[] Plots(string of) => [.. Directory.GetFiles(Path.Combine(of, "images"), "growth-*.svg").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];
        Assert.Equal(Plots(folder), Plots(docs));
        Assert.All(Plots(docs), plot => Assert.Equal(Read(folder, $"images/{plot}"), Read(docs, $"images/{plot}")));
    }

    [Theory]
    [InlineData("no-such-thing")]
    [InlineData("--out")]
    public async Task What_it_can_not_measure_it_says_with_what_it_can(string argument)
    {
        var (status, _, errors) = await Run(argument);

        Assert.Equal(64, status);
        Assert.Equal("usage: bench/growth [what…] [--small] [--draw] [--out folder]     what: rings, keys, organizations, revocations, audit, connections\n", errors);
    }

    private void Measured(JsonNode part, string output)
    {
        var name = (string)part["name"]!;
        Assert.Contains($"{name}: done in ", output, StringComparison.Ordinal);
        Assert.Contains($"growth {name}, ", output, StringComparison.Ordinal);
        Assert.All((string[])["date", "commit", "dot_net", "postgre_sql", "processor"], each => Assert.NotEmpty((string)part["measured"]![each]!));
        Assert.NotEmpty(part["lines"]!.AsArray());
        Assert.All(part["lines"]!.AsArray().SelectMany(line => line!["points"]!.AsArray()), point =>
        {
            Assert.True((double)point!["cost"]! >= 0, $"{name}: {point}");
            Assert.True((double)point["per_second"]! > 0, $"{name}: {point}");
        });
        Assert.All(part["memory"]!.AsArray(), each => Assert.True((double)each!["resident"]! > 10, $"{name}: {each}"));
        Assert.NotNull(XDocument.Load(Path.Combine(folder, "images", $"growth-{name}.svg")).Root);
        Assert.Contains($"(images/growth-{name}.svg)", Read(folder, "performance.md"), StringComparison.Ordinal);
    }

    private static string Read(string of, string file) => File.ReadAllText(Path.Combine(of, file));

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
        File.WriteAllText(Path.Combine(folder, file), text);
    }

    private static string Line(string name, params (long Size, double Cost)[] points) => FormattableString.Invariant(
        $$"""{"name":"{{name}}","points":[{{string.Join(',', points.Select(point => FormattableString.Invariant($$"""{"size":{{point.Size}},"per_second":20000,"p99":2.5,"cost":{{point.Cost}}}""")))}}]}""");

    private void Keep(params string[] lines) => Write("performance/growth.json", $$"""
        {"parts":[{"name":"keys","of":"API keys","unit":"µs","note":"A note.","lines":[{{string.Join(',', lines)}}],
         "measured":{"date":"2026-11-22","commit":"abc","dot_net":".NET","postgre_sql":"PostgreSQL","processor":"one","cores":2,"memory_gib":4,"rounds":3,"seconds":3},
         "memory":[{"size":1000,"resident":150,"managed":20},{"size":1000000,"resident":650,"managed":420}]}]}
        """);

    private static Task<(int Status, string Output, string Errors)> Run(params string[] arguments) => BenchProgram.Run(["growth", .. arguments]);

    private static string Root()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Orleans.sln")))
            root = root.Parent;
        return root.FullName;
    }
}
