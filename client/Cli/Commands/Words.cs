using System.CommandLine;
using System.Globalization;

namespace Tumbler.Cli.Commands;

/// <summary>Options that several verbs have, always in the same words.</summary>
internal static class Words
{
    public static Option<bool> Yes() => new("--yes", "-y") { Description = "Does not ask before what can't be undone." };

    public static Option<string?> Reason() => Text("--reason", "text", "Why, for the audit log; at most 200 characters.");

    public static Option<string?> Text(string name, string value, string description) => new(name) { HelpName = value, Description = description };

    /// <summary>One of a few names.</summary>
    public static Option<string?> OneOf(string name, string description, params string[] values)
    {
        var option = Text(name, string.Join('|', values), description);
        option.CompletionSources.Add(values);
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !values.Contains(result.Tokens[0].Value))
                result.AddError($"{name} must be {string.Join(" or ", values)}.");
        });
        return option;
    }

    /// <summary>A number, without a library's words about types when it is none.</summary>
    public static Option<int?> Number(string name, string description, int least, int most) => new(name)
    {
        HelpName = "n",
        Description = description,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
                return number;
            result.AddError($"{name} must be a number from {least} to {most}.");
            return null;
        },
    };

    /// <summary>May be given several times, with one value each.</summary>
    public static Option<string[]> Texts(string name, string value, string description) => new(name)
    {
        HelpName = value, Description = $"{description} May be given several times.", Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>Null when it was not given at all: what is not given is not changed.</summary>
    public static IReadOnlyList<string>? Given(this ParseResult words, Option<string[]> option) =>
        words.GetResult(option) is null ? null : words.GetValue(option);
}
