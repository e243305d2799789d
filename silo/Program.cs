using Tumbler.Silo.Configuration;

return StartUp.Read(args, Environment.GetEnvironmentVariables(), _ => [], Console.Error) is null
    ? StartUp.ConfigurationError
    : 0;
