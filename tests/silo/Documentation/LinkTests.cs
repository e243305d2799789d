namespace Tumbler.Silo.Tests.Documentation;

public sealed class LinkTests
{
    private static readonly string Root = FindRoot();

    /// <summary>Every page by its path.</summary>
    private static readonly Dictionary<string, MarkdownPage> Pages = Directory
        .EnumerateFiles(Root, "*.md", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
        .Where(file => !Path.GetRelativePath(Root, file).Split('/').Any(folder => folder is "bin" or "obj" or "node_modules" or "artifacts" or "dist" or "data"))
        .ToDictionary(file => file, file => new MarkdownPage(File.ReadAllText(file)), StringComparer.Ordinal);

    [Fact]
    public void Every_link_of_every_page_leads_to_a_file_and_to_a_heading_that_is_there()
    {
        Assert.True(Pages.Count > 60 && Pages.Values.Sum(page => page.Links.Count()) > 150, $"{Pages.Count} pages are not all.");
        string[] faults =
        [
            .. from page in Pages
               from link in page.Value.Links
               let fault = FaultOf(page.Key, link)
               where fault is not null
               select $"{Path.GetRelativePath(Root, page.Key)}: ({link}) {fault}",
        ];
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }

    [Fact]
    public void Every_page_of_the_documentation_is_led_to()
    {
        var targets = Pages.SelectMany(page => page.Value.Links.Select(link => TargetOf(page.Key, link).File)).ToHashSet(StringComparer.Ordinal);

        // The index of a folder stands for its pages.
        Assert.Empty(Pages.Keys
            .Where(page => Path.GetRelativePath(Root, page).StartsWith("docs/", StringComparison.Ordinal))
            .Where(page => !targets.Contains(page) && !targets.Contains(Path.GetDirectoryName(page)!))
            .Select(page => Path.GetRelativePath(Root, page)));
    }

    [Fact]
    public void What_leads_nowhere_is_found()
    {
        const string Page = """
            # The page
            ## A key's `life`, in [short](x.md)
            See [it](#a-keys-life-in-short) and [them](other.md "title"), not `[this](code.md)` or [that](https://tokens.example/).
            ```sh
            # no heading
            [no](link.md)
            ```
            ## The page
            """;
        var page = new MarkdownPage(Page);

        Assert.Equal(["x.md", "#a-keys-life-in-short", "other.md"], page.Links);
        Assert.Equal(["the-page", "a-keys-life-in-short", "the-page-1"], page.Anchors);
        var readme = Path.Combine(Root, "README.md");
        Assert.Null(FaultOf(readme, "docs"));
        Assert.Null(FaultOf(readme, "docs/design/house.md#the-plan-of-the-house"));
        Assert.Equal("is not there", FaultOf(readme, "docs/nowhere.md"));
        Assert.Equal("has no such heading", FaultOf(readme, "docs/design/house.md#nowhere"));
        Assert.Equal("leads out of the repository", FaultOf(readme, "../elsewhere.md"));
    }

    private static (string File, string? Anchor) TargetOf(string page, string link)
    {
        var parts = link.Split('#', 2);
        var file = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(parts[0])));
        return (file.TrimEnd('/'), parts.Length == 2 ? parts[1] : null);
    }

    private static string? FaultOf(string page, string link)
    {
        var (file, anchor) = TargetOf(page, link);
        if (!file.StartsWith(Root, StringComparison.Ordinal))
            return "leads out of the repository";
        if (!Path.Exists(file))
            return "is not there";
        return anchor is null || (Pages.TryGetValue(file, out var target) && target.Anchors.Contains(anchor)) ? null : "has no such heading";
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Orleans.sln")))
            directory = directory.Parent ?? throw new DirectoryNotFoundException("The tests run only inside the repository.");
        return directory.FullName;
    }
}
