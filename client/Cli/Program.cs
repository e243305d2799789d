using Tumbler.Cli.Calls;
using Tumbler.Cli.Commands;

return await CommandLine.Run(CliCall.OfProcess(args));
