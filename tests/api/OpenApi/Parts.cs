using System.Text.Json.Nodes;

namespace Tumbler.Api.Tests.OpenApi;

/// <summary>What is kept by hand of the document: words, examples, and the shapes of what is no type of ours.</summary>
internal static class Parts
{
    private static readonly string[] Tags =
        ["documents", "tokens", "guards", "organizations", "api-keys", "clients", "rings", "audit", "operation"];

    public static string Root { get; } = FindRoot();

    public static string Document => Path.Combine(Folder, "v1.json");

    public static string Page => Path.Combine(Root, "docs", "api.md");

    private static string Folder => Path.Combine(Root, "api", "OpenApi");

    public static JsonObject Shapes() => Read("shapes.json");

    public static JsonObject Parameters() => Read("parameters.json");

    public static IReadOnlyList<JsonObject> OfTags() => [.. Tags.Select(tag => Read(Path.Combine("parts", $"{tag}.json")))];

    private static JsonObject Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, file)))!.AsObject();

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Orleans.sln")))
            directory = directory.Parent ?? throw new DirectoryNotFoundException("The tests run only inside the repository.");
        return directory.FullName;
    }
}
