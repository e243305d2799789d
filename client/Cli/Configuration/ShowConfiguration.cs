using System.CommandLine;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Terminals;
using Table = Tumbler.Cli.Terminals.Table;

namespace Tumbler.Cli.Configuration;

/// <summary><c>tumbler config</c></summary>
internal static class ShowConfiguration
{
    public const string Path = "/api/v1/admin/config";

    private const string NotGiven = "default";

    public static Command Of(Frame frame)
    {
        var prefix = new Argument<string?>("prefix") { Arity = ArgumentArity.ZeroOrOne, Description = "Only settings whose names begin with it: Storage:" };
        var all = new Option<bool>("--all") { Description = "Those too that are not given and have their defaults." };
        return new Verb(
            frame, "config", "Shows the settings that the process which answers runs with; of secrets at most the last 4 characters.",
            "tumbler config",
            "tumbler config Storage: --all")
        {
            prefix,
            all,
        }.Does((words, session, stop) => session.Show(
            session.Server.Get(Path, OperationsJson.Default.ShownSettings, stop),
            (terminal, settings) => Draw(terminal, settings, words.GetValue(prefix) ?? "", words.GetValue(all))));
    }

    private static void Draw(Terminal terminal, ShownSettings shown, string prefix, bool all)
    {
        var table = new Table("name", "value", "from");
        foreach (var setting in shown.Settings.Where(each => each.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && (all || each.Source != NotGiven)))
            table.Row(setting.Name, setting.Value, new Cell(setting.Source, Cell.Quiet));
        if (table.Count > 0)
            terminal.Table(table);
        terminal.Note($"{shown.Node}, {shown.Environment}, read {Terminal.Time(shown.ReadAt)}.{(all ? "" : " --all shows those with their defaults, too.")}");
    }
}
