using System.CommandLine;
using System.CommandLine.Help;
using Tumbler.Cli.ApiKeys;
using Tumbler.Cli.Audit;
using Tumbler.Cli.Calls;
using Tumbler.Cli.Clients;
using Tumbler.Cli.Cluster;
using Tumbler.Cli.Completion;
using Tumbler.Cli.Configuration;
using Tumbler.Cli.Demo;
using Tumbler.Cli.Doctor;
using Tumbler.Cli.Keys;
using Tumbler.Cli.Logins;
using Tumbler.Cli.Organizations;
using Tumbler.Cli.Protection;
using Tumbler.Cli.Rings;
using Tumbler.Cli.Secrets;
using Tumbler.Cli.ServerPrograms;

namespace Tumbler.Cli.Commands;

/// <summary>All that the program can do: one line for each noun.</summary>
internal static class TumblerCommand
{
    public static RootCommand For(CliCall call)
    {
        var frame = new Frame(call, new GlobalOptions());
        var root = new RootCommand("Operates Tumbler: signing keys, organisations, API keys and the audit log, from a terminal.")
        {
            LogIn.Verb(frame),
            LogOut.Verb(frame),
            RingsNoun.Of(frame),
            KeysNoun.Of(frame),
            OrgsNoun.Of(frame),
            ApiKeysNoun.Of(frame),
            ClientsNoun.Of(frame),
            AuditNoun.Of(frame),
            ShowCluster.Verb(frame),
            ProtectionNoun.Of(frame),
            ShowConfiguration.Of(frame),
            ServerVerbs.Migrate(frame),
            ServerVerbs.Retention(frame),
            SecretsNoun.Of(frame),
            DoctorVerb.Of(frame),
            DemoCommand.Verb(frame),
            CompletionNoun.Of(frame),
        };
        frame.Options.AddTo(root);

        // Without the names that only Windows knows: a shell would offer them among the commands.
        root.Options.Remove(root.Options.OfType<HelpOption>().Single());
        var help = new HelpOption("--help", "-h");
        help.Action = new HelpWithExamples((HelpAction)help.Action!, call.Screen.Width);
        root.Add(help);
        root.Options.OfType<VersionOption>().Single().Action = new PrintVersion();
        return root;
    }
}
