using System.CommandLine;
using System.CommandLine.Parsing;
using Tumbler.Cli.Calls;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Commands;

public sealed class HelpTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Every command that a user can see, as it is typed.</summary>
    public static TheoryData<string> Commands => [.. Visible(Tree()).Select(UsageError.NameOf)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_has_help_with_a_description_and_an_example(string name)
    {
        var said = await Script.At(folder).Run($"{name["tumbler".Length..]} --help");

        Assert.Equal((0, ""), (said.Code, said.Errors));
        Assert.Matches("^Description:\n  [A-Z].+\\.\n", said.Output);
        Assert.Contains($"\nExamples:\n  {name}", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_example_is_a_line_that_the_program_takes() => Assert.All(Verbs(), verb => Assert.All(verb.Examples, example =>
    {
        // What comes before and behind the program in a pipe is the shell's.
        var line = example.Split(" | ").Single(part => part.StartsWith("tumbler ", StringComparison.Ordinal)).Split([" >", " <"], StringSplitOptions.None)[0];
        var words = Tree().Parse([.. CommandLineParser.SplitCommandLine(line["tumbler ".Length..])]);

        Assert.True(words.Errors.Count == 0, $"{example}: {string.Join(' ', words.Errors.Select(error => error.Message))}");
        Assert.Equal(UsageError.NameOf(verb), UsageError.NameOf(words.CommandResult.Command));
    }));

    [Fact]
    public void Every_command_without_commands_is_a_verb() =>
        Assert.Equal(Visible(Tree()).Where(command => command.Subcommands.Count == 0).Select(UsageError.NameOf), Verbs().Select(UsageError.NameOf));

    [Fact]
    public async Task Help_is_given_although_the_rest_is_missing() =>
        Assert.Equal(0, (await Script.At(folder).Run("rings list --limit 0 --help")).Code);

    [Fact]
    public async Task A_word_that_is_no_command_is_an_error_of_usage() => (await Script.At(folder).Run("rings lits")).Is(64, "", """
        tumbler: Required command was not provided.
        tumbler: Unrecognized command or argument 'lits'.
        Try: tumbler rings --help
        """);

    [Fact]
    public async Task What_may_be_a_secret_among_the_words_is_not_repeated() =>
        (await Script.At(folder).Run("rings list acme_api_5Yx0PpmVYpIEfcGkT0rVdqbm6MnZL4Ff0000001")).Is(64, "", """
            tumbler: Unrecognized command or argument 'acme…'.
            Try: tumbler rings list --help
            """);

    [Fact]
    public async Task A_word_that_begins_with_an_at_sign_reads_no_file() =>
        Assert.DoesNotContain("secret", (await Script.At(folder).Run("rings", "list", $"@{folder.Write("words", "secret")}")).Errors, StringComparison.Ordinal);

    [Fact]
    public async Task The_version_is_the_products() => (await Script.At(folder).Run("--version")).Is(0, "tumbler 0.1.0");

    internal static RootCommand Tree() => TumblerCommand.For(new CliCall(
        [], "/", "/", new Dictionary<string, string>(), TextReader.Null, TextWriter.Null, TextWriter.Null,
        new Screen(false, false, false, 80, () => null), TimeProvider.System));

    internal static IEnumerable<Verb> Verbs() => Visible(Tree()).OfType<Verb>();

    private static IEnumerable<Command> Visible(Command top) =>
        [top, .. top.Subcommands.Where(command => !command.Hidden).SelectMany(Visible)];
}
