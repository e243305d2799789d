using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tumbler.Silo.Tests;

/// <summary>The house plan of the design, and that nothing is built outside it.</summary>
public sealed partial class ReferenceGraphTests
{
    private static readonly Dictionary<string, string[]> Plan = new(StringComparer.Ordinal)
    {
        ["contracts"] = [],
        ["core"] = ["contracts"],
        ["engine"] = ["core"],
        ["storage"] = ["engine"],
        ["grains"] = ["engine"],
        ["api"] = ["engine"],
        ["silo"] = ["api", "grains", "storage"],
        ["bench"] = ["client/Sdk", "storage"],
        ["client/Sdk"] = [],
        ["client/Cli"] = ["client/Sdk", "contracts", "core"],
        ["client/samples/Orders"] = ["client/Sdk"],
    };

    private static readonly string Root = FindRoot();

    private static readonly string[] Projects = Directory.GetFiles(Root, "*.csproj", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Root, file))
        .Where(file => !file.Split('/').Any(folder => folder is "bin" or "obj" or "node_modules" or "artifacts"))
        .Order(StringComparer.Ordinal)
        .ToArray();

    [Fact]
    public void Every_project_has_its_place_in_the_house_plan() =>
        Assert.All(Projects, project => Assert.True(
            IsTest(project) || Plan.ContainsKey(FolderOf(project)), $"{project} stands in no folder of the plan."));

    [Fact]
    public void Every_folder_of_the_plan_has_its_project() =>
        Assert.Equal(Plan.Keys.Order(StringComparer.Ordinal), Projects.Where(project => !IsTest(project)).Select(FolderOf));

    [Fact]
    public void References_go_exactly_as_the_plan_says() =>
        Assert.All(Projects.Where(project => !IsTest(project)), project =>
            Assert.Equal(Plan[FolderOf(project)].Order(StringComparer.Ordinal), ReferencedFolders(project)));

    [Fact]
    public void Nothing_that_ships_references_a_test() =>
        Assert.All(Projects.Where(project => !IsTest(project)), project =>
            Assert.DoesNotContain(ReferencedFolders(project), folder => folder.StartsWith("tests", StringComparison.Ordinal)));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Root, "Orleans.sln"));

        var listed = SolutionProject().Matches(solution).Select(match => match.Groups[1].Value.Replace('\\', '/'));

        Assert.Equal(Projects, listed.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("contracts")]
    [InlineData("core")]
    public void What_decides_references_no_package_and_no_framework_beside_the_base(string folder)
    {
        var project = Load(Projects.Single(project => FolderOf(project) == folder));

        Assert.Equal("Microsoft.NET.Sdk", (string?)project.Root!.Attribute("Sdk"));
        Assert.Empty(project.Descendants("PackageReference"));
        Assert.Empty(project.Descendants("FrameworkReference"));
    }

    [Fact]
    public void Versions_stand_in_one_file_only() =>
        Assert.All(Projects, project => Assert.DoesNotContain(
            Load(project).Descendants("PackageReference"),
            reference => reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null));

    private static bool IsTest(string project) => project.StartsWith("tests/", StringComparison.Ordinal);

    private static string FolderOf(string project) => Path.GetDirectoryName(project)!.Replace('\\', '/');

    private static IEnumerable<string> ReferencedFolders(string project) =>
        Load(project).Descendants("ProjectReference")
            .Select(reference => Path.Combine(Root, FolderOf(project), (string)reference.Attribute("Include")!))
            .Select(path => FolderOf(Path.GetRelativePath(Root, Path.GetFullPath(path))))
            .Order(StringComparer.Ordinal);

    private static XDocument Load(string project) => XDocument.Load(Path.Combine(Root, project));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orleans.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    [GeneratedRegex("""= "[^"]+", "([^"]+\.csproj)",""")]
    private static partial Regex SolutionProject();
}
