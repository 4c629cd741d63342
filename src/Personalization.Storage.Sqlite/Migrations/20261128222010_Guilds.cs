using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Personalization.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Guilds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsPersonal",
                table: "PromptDrafts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "GuildId",
                table: "Pictures",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "GuildId",
                table: "ImagineJobs",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "MessageId",
                table: "ImagineJobs",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Guilds",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    IsSharing = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Guilds", x => x.Id);
                });

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
                name: "IX_ImagineJobs_MessageId",
                table: "ImagineJobs",
                column: "MessageId",
                filter: "\"MessageId\" IS NOT NULL");

            // A job says in its address where it came from; its pictures belong there. Those of an unknown place stay with their makers.
            migrationBuilder.Sql("""
                UPDATE "ImagineJobs"
                SET "GuildId" = json_extract("ReplyTo", '$.Interaction.GuildId'), "MessageId" = json_extract("ReplyTo", '$.MessageId')
                WHERE json_valid("ReplyTo");
                """);

            // A job's pictures are numbers of eight bytes one after the other, least significant byte first.
            var number = string.Join(" + ", Enumerable.Range(0, 8).Select(i => $"(({Digit(2 * i)} * 16 + {Digit((2 * i) + 1)}) << {8 * i})"));
            migrationBuilder.Sql($"""
                WITH RECURSIVE "Made" ("GuildId", "Hex", "At") AS (
                    SELECT "GuildId", hex("Pictures"), 1 FROM "ImagineJobs" WHERE "GuildId" IS NOT NULL AND length("Pictures") >= 8
                    UNION ALL
                    SELECT "GuildId", "Hex", "At" + 16 FROM "Made" WHERE "At" + 16 < length("Hex"))
                UPDATE "Pictures" SET "GuildId" = "Numbered"."GuildId"
                FROM (SELECT "GuildId", {number} AS "PictureId" FROM "Made") AS "Numbered"
                WHERE "Pictures"."Id" = "Numbered"."PictureId";
                """);

            static string Digit(int at) => $"(instr('0123456789ABCDEF', substr(\"Hex\", \"At\" + {at}, 1)) - 1)";
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Guilds");

            migrationBuilder.DropIndex(
                name: "IX_Pictures_FileKey",
                table: "Pictures");

            migrationBuilder.DropIndex(
                name: "IX_Pictures_GuildId_Kind_Id",
                table: "Pictures");

            migrationBuilder.DropIndex(
                name: "IX_ImagineJobs_MessageId",
                table: "ImagineJobs");

            migrationBuilder.DropColumn(
                name: "IsPersonal",
                table: "PromptDrafts");

            migrationBuilder.DropColumn(
                name: "GuildId",
                table: "Pictures");

            migrationBuilder.DropColumn(
                name: "GuildId",
                table: "ImagineJobs");

            migrationBuilder.DropColumn(
                name: "MessageId",
                table: "ImagineJobs");
        }
    }
}
