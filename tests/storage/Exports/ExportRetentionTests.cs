using Tumbler.Storage.Exports;

namespace Tumbler.Storage.Tests.Exports;

public sealed class ExportRetentionTests : IDisposable
{
    private const string Id = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private const string OtherId = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
    private static readonly DateTimeOffset Now = new(2026, 3, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo top = Directory.CreateTempSubdirectory("tumbler-exports-");
    private readonly ExportRetention retention;

    public ExportRetentionTests() => retention = new ExportRetention(Exports, TimeSpan.FromDays(14));

    private string Exports => Path.Combine(top.FullName, "exports");

    [Fact]
    public void Old_exports_go_with_all_that_is_in_them_and_young_ones_stay()
    {
        Make($"2026-01-01/{Id}/audit.jsonl", $"2026-01-01/{Id}/more/deep.txt", $"2026-02-28/{OtherId}/audit.jsonl", $"2026-03-10/{Id}/audit.jsonl");

        Assert.Equal([Full($"2026-01-01/{Id}"), Full($"2026-02-28/{OtherId}")], retention.Delete(Now));

        Assert.Equal([$"2026-03-10/{Id}/audit.jsonl"], Left());
        Assert.Equal(["2026-03-10"], Directory.GetDirectories(Exports).Select(Path.GetFileName));
        Assert.Empty(retention.Delete(Now));
    }

    [Fact]
    public void What_has_any_other_shape_is_not_touched()
    {
        string[] others =
        [
            "2026-01-01/notes.txt",
            $"2026-01-01/{OtherId}",
            $"2026-01-01/{Id}.tmp/audit.jsonl",
            "2026-01-01/report/audit.jsonl",
            $"2026-01-32/{Id}/audit.jsonl",
            $"2026-1-1/{Id}/audit.jsonl",
            $"archive/2026-01-01/{Id}/audit.jsonl",
            $"{Id}/audit.jsonl",
            $".draft-{Id}/audit.jsonl",
            "2025-01-01",
        ];
        Make(others);

        Assert.Empty(retention.Delete(Now));

        Assert.Equal(others.Order(StringComparer.Ordinal), Left());
    }

    [Fact]
    public void Links_are_neither_followed_nor_deleted_where_a_folder_should_be()
    {
        var elsewhere = Path.Combine(top.FullName, "elsewhere");
        Directory.CreateDirectory(Path.Combine(elsewhere, Id));
        File.WriteAllText(Path.Combine(elsewhere, Id, "precious"), "");
        Make($"2026-01-01/{OtherId}/audit.jsonl");
        Directory.CreateSymbolicLink(Full($"2026-01-01/{Id}"), Path.Combine(elsewhere, Id));
        Directory.CreateSymbolicLink(Full("2026-01-02"), elsewhere);
        Directory.CreateSymbolicLink(Full($"2026-01-01/{OtherId}/inside"), elsewhere);

        Assert.Equal([Full($"2026-01-01/{OtherId}")], retention.Delete(Now));

        Assert.True(File.Exists(Path.Combine(elsewhere, Id, "precious")));
        Assert.NotNull(new DirectoryInfo(Full($"2026-01-01/{Id}")).LinkTarget);
        Assert.NotNull(new DirectoryInfo(Full("2026-01-02")).LinkTarget);
    }

    [Fact]
    public void Looking_deletes_nothing()
    {
        Make($"2026-01-01/{Id}/audit.jsonl");

        Assert.Equal([Full($"2026-01-01/{Id}")], retention.Expired(Now));
        Assert.Equal([$"2026-01-01/{Id}/audit.jsonl"], Left());
    }

    [Fact]
    public void Where_nothing_was_exported_there_is_nothing_to_do() => Assert.Empty(retention.Delete(Now));

    public void Dispose() => top.Delete(recursive: true);

    private void Make(params string[] files)
    {
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Full(file))!);
            File.WriteAllText(Full(file), "");
        }
    }

    private string Full(string path) => Path.Combine(Exports, path);

    private IEnumerable<string> Left() => Directory.EnumerateFiles(Exports, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        .Select(file => Path.GetRelativePath(Exports, file)).Order(StringComparer.Ordinal);
}
