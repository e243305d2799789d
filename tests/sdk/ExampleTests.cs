using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tumbler.Client.Tests;

public sealed partial class ExampleTests
{
    private static readonly string[] Compiled = Snippets();

    [Fact]
    public void Every_example_of_the_XML_documentation_compiles()
    {
        var documentation = XDocument.Load(Path.ChangeExtension(typeof(TumblerTokens).Assembly.Location, ".xml"));
        var examples = documentation.Descendants("example").Elements("code").Select(code => Lines(code.Value)).Where(code => !code.StartsWith('"')).ToArray();

        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Contains(example, Compiled));
    }

    [Theory, InlineData("sdk.md"), InlineData("sdk-calls.md")]
    public void Every_example_of_the_page_compiles(string file)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", file));
        var examples = Fence().Matches(page).Select(match => Lines(match.Groups[1].Value)).ToArray();

        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Contains(example, Compiled));
    }

    private static string[] Snippets() =>
        [.. Snippet().Matches(File.ReadAllText(Path.Combine(Repository.Root, "tests", "sdk", "Examples.cs"))).Select(match => Lines(match.Groups[2].Value))];

    /// <summary>What is deeper stays deeper.</summary>
    private static string Lines(string text)
    {
        var lines = WebUtility.HtmlDecode(text).Split('\n').Where(line => line.Trim().Length > 0).ToArray();
        var depth = lines.Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line[depth..].TrimEnd()));
    }

    [GeneratedRegex("""// <(\w+)>\n(.*?)\n\s*// </\1>""", RegexOptions.Singleline)]
    private static partial Regex Snippet();

    [GeneratedRegex("""```csharp\n(.*?)```""", RegexOptions.Singleline)]
    private static partial Regex Fence();
}
