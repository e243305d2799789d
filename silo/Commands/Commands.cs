namespace Tumbler.Silo.Commands;

/// <summary>What this program can do. Called without a name it serves.</summary>
internal static class Commands
{
    /// <summary>EX_USAGE of <c>sysexits.h</c>.</summary>
    public const int UsageError = 64;

    private static readonly Command Serve = new("", "[--Section:Key value …]", "serves until it is stopped", ServeCommand.Run);

    private static readonly Command[] Named =
    [
        new("help", "", "lists the commands", Help),
        new("audit prune", AuditPruneOrder.Operands, "deletes old entries that an archive holds", AuditPruneCommand.Run),
        new("audit verify", AuditVerifyCommand.Operands, "verifies an export of the audit log, offline", AuditVerifyCommand.Run),
        new("check", "[--Section:Key value …]", "says what a start would be refused for, and touches nothing", CheckCommand.Run),
        new("health", "[--Section:Key value …]", "asks the silo here whether it is alive", HealthCommand.Run),
        new("migrate", "[--Section:Key value …]", "brings the database's schema up to date", MigrateCommand.Run),
        new("retention", "[--dry-run] [--Section:Key value …]", "deletes old exports, or only names them", RetentionCommand.Run),
    ];

    public static Task<int> Run(CommandCall call)
    {
        if (call.Arguments is [] || call.Arguments[0] is not "--help" and ['-', '-', ..])
            return Serve.Run(call);
        if (call.Arguments[0] is "--help")
            return Help(call);

        // The longest name that fits: a command may be the beginning of another.
        var command = Named.Where(each => each.Words.SequenceEqual(call.Arguments.Take(each.Words.Count))).MaxBy(each => each.Words.Count);
        if (command is not null)
            return command.Run(call with { Arguments = [.. call.Arguments.Skip(command.Words.Count)] });

        // The word is not repeated: it may be the rest of a secret that was not quoted.
        call.Errors.WriteLine("There is no such command. A setting is written --Section:Key value; these are the commands:");
        List(call.Errors);
        return Task.FromResult(UsageError);
    }

    private static Task<int> Help(CommandCall call)
    {
        call.Output.WriteLine("Tumbler owns JWT signing keys, rotates them, issues tokens and keeps API keys.");
        List(call.Output);
        call.Output.WriteLine("Every setting is in docs/configuration.md.");
        return Task.FromResult(0);
    }

    private static void List(TextWriter output)
    {
        foreach (var command in (Command[])[Serve, .. Named])
            output.WriteLine($"  {$"{command.Name} {command.Operands}".Trim(),-50}  {command.Summary}");
    }
}
