using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Personalization.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Communities",
                columns: table => new
                {
                    Version = table.Column<int>(type: "integer", nullable: false),
                    FittedAt = table.Column<long>(type: "bigint", nullable: false),
                    People = table.Column<int>(type: "integer", nullable: false),
                    Comparisons = table.Column<int>(type: "integer", nullable: false),
                    Content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Communities", x => x.Version);
                });

            migrationBuilder.CreateTable(
                name: "Guilds",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    IsSharing = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Guilds", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ImagineJobs",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    PersonId = table.Column<long>(type: "bigint", nullable: false),
                    ReplyTo = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Prompt = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Backend = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Request = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    GuildId = table.Column<long>(type: "bigint", nullable: true),
                    MessageId = table.Column<long>(type: "bigint", nullable: true),
                    IsPrivate = table.Column<bool>(type: "boolean", nullable: false),
                    PreviewAt = table.Column<int>(type: "integer", nullable: true),
                    Preview = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    AcceptedAt = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Attempt = table.Column<int>(type: "integer", nullable: false),
                    Tries = table.Column<int>(type: "integer", nullable: false),
                    Faults = table.Column<int>(type: "integer", nullable: false),
                    Ticket = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Pictures = table.Column<byte[]>(type: "bytea", nullable: false),
                    Failure = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ImagineJobs", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Pictures",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Prompt = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Style = table.Column<byte[]>(type: "bytea", nullable: true),
                    Seed = table.Column<long>(type: "bigint", nullable: false),
                    Width = table.Column<int>(type: "integer", nullable: false),
                    Height = table.Column<int>(type: "integer", nullable: false),
                    Source = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Author = table.Column<long>(type: "bigint", nullable: true),
                    GuildId = table.Column<long>(type: "bigint", nullable: true),
                    FileKey = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Features = table.Column<byte[]>(type: "bytea", nullable: true),
                    FeaturesVersion = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Pictures", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Profiles",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    PersonId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Profiles", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PromptDrafts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    PersonId = table.Column<long>(type: "bigint", nullable: false),
                    Prompt = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    IsPersonal = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PromptDrafts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Snapshots",
                columns: table => new
                {
                    Code = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false, collation: "C"),
                    Owner = table.Column<long>(type: "bigint", nullable: false),
                    SchemaVersion = table.Column<int>(type: "integer", nullable: false),
                    SpaceVersion = table.Column<int>(type: "integer", nullable: false),
                    PriorVersion = table.Column<int>(type: "integer", nullable: false),
                    Mean = table.Column<byte[]>(type: "bytea", nullable: false),
                    Deviation = table.Column<byte[]>(type: "bytea", nullable: false),
                    Variance = table.Column<byte[]>(type: "bytea", nullable: false),
                    Votes = table.Column<int>(type: "integer", nullable: false),
                    Likes = table.Column<int>(type: "integer", nullable: false),
                    Favourites = table.Column<byte[]>(type: "bytea", nullable: false),
                    Ballots = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Snapshots", x => x.Code);
                });

            migrationBuilder.CreateTable(
                name: "Likes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ProfileId = table.Column<long>(type: "bigint", nullable: false),
                    PictureId = table.Column<long>(type: "bigint", nullable: false),
                    PassedOver = table.Column<byte[]>(type: "bytea", nullable: false),
                    Drawn = table.Column<byte[]>(type: "bytea", nullable: true),
                    LikedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Likes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Likes_Pictures_PictureId",
                        column: x => x.PictureId,
                        principalTable: "Pictures",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Pairs",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ProfileId = table.Column<long>(type: "bigint", nullable: false),
                    LeftId = table.Column<long>(type: "bigint", nullable: false),
                    RightId = table.Column<long>(type: "bigint", nullable: false),
                    Choice = table.Column<int>(type: "integer", nullable: true),
                    AnsweredAt = table.Column<long>(type: "bigint", nullable: true),
                    IsRandom = table.Column<bool>(type: "boolean", nullable: false),
                    Expectation = table.Column<double>(type: "double precision", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Pairs", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Pairs_Pictures_LeftId",
                        column: x => x.LeftId,
                        principalTable: "Pictures",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Pairs_Pictures_RightId",
                        column: x => x.RightId,
                        principalTable: "Pictures",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ImagineJobs_MessageId",
                table: "ImagineJobs",
                column: "MessageId",
                filter: "\"MessageId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ImagineJobs_PersonId_AcceptedAt",
                table: "ImagineJobs",
                columns: new[] { "PersonId", "AcceptedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ImagineJobs_Preview",
                table: "ImagineJobs",
                columns: new[] { "PersonId", "PreviewAt" },
                unique: true,
                filter: "\"PreviewAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ImagineJobs_Unfinished",
                table: "ImagineJobs",
                column: "AcceptedAt",
                filter: "\"State\" NOT IN (2, 4)");

            migrationBuilder.CreateIndex(
                name: "IX_ImagineJobs_Waiting",
                table: "ImagineJobs",
                columns: new[] { "State", "PersonId" },
                filter: "\"State\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_Likes_ProfileId_PictureId",
                table: "Likes",
                columns: new[] { "ProfileId", "PictureId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Pairs_Open",
                table: "Pairs",
                column: "ProfileId",
                unique: true,
                filter: "\"Choice\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Pairs_ProfileId_Id",
                table: "Pairs",
                columns: new[] { "ProfileId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Pictures_FileKey",
                table: "Pictures",
                column: "FileKey");

            migrationBuilder.CreateIndex(
                name: "IX_Pictures_GuildId_Kind_Id",
                table: "Pictures",
                columns: new[] { "GuildId", "Kind", "Id" },
                filter: "\"GuildId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Pictures_Kind_Id",
                table: "Pictures",
                columns: new[] { "Kind", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Pictures_Unmeasured",
                table: "Pictures",
                column: "FeaturesVersion",
                filter: "\"FileKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Profiles_PersonId",
                table: "Profiles",
                column: "PersonId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Snapshots_Owner_Ballots",
                table: "Snapshots",
                columns: new[] { "Owner", "Ballots" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Communities");

            migrationBuilder.DropTable(
                name: "Guilds");

            migrationBuilder.DropTable(
                name: "ImagineJobs");

            migrationBuilder.DropTable(
                name: "Likes");

            migrationBuilder.DropTable(
                name: "Pairs");

            migrationBuilder.DropTable(
                name: "Profiles");

            migrationBuilder.DropTable(
                name: "PromptDrafts");

            migrationBuilder.DropTable(
                name: "Snapshots");

            migrationBuilder.DropTable(
                name: "Pictures");
        }
    }
}
