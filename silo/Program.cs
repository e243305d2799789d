using Tumbler.Silo.Commands;

return await Commands.Run(
    new CommandCall(args, Environment.CurrentDirectory, Environment.GetEnvironmentVariables(), Console.Out, Console.Error));
