using Personalization.Testing;

[assembly: AssemblyFixture(typeof(PostgresServer))]
