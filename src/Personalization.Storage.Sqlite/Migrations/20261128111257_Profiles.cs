using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Personalization.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Profiles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "PersonId",
                table: "Pairs",
                newName: "ProfileId");

            migrationBuilder.RenameIndex(
                name: "IX_Pairs_PersonId_Id",
                table: "Pairs",
                newName: "IX_Pairs_ProfileId_Id");

            migrationBuilder.RenameColumn(
                name: "PersonId",
                table: "Likes",
                newName: "ProfileId");

            migrationBuilder.RenameIndex(
                name: "IX_Likes_PersonId_PictureId",
                table: "Likes",
                newName: "IX_Likes_ProfileId_PictureId");

            migrationBuilder.CreateTable(
                name: "Profiles",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    PersonId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Profiles", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Profiles_PersonId",
                table: "Profiles",
                column: "PersonId",
                unique: true);

            // The first profile of a person has the person's number. Owner 0 is that of snapshots from other installations.
            migrationBuilder.Sql("""
                INSERT INTO "Profiles" ("Id", "PersonId")
                SELECT "Id", "Id" FROM (
                    SELECT "ProfileId" AS "Id" FROM "Pairs"
                    UNION SELECT "ProfileId" FROM "Likes"
                    UNION SELECT "Owner" FROM "Snapshots" WHERE "Owner" <> 0);
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Profiles");

            migrationBuilder.RenameColumn(
                name: "ProfileId",
                table: "Pairs",
                newName: "PersonId");

            migrationBuilder.RenameIndex(
                name: "IX_Pairs_ProfileId_Id",
                table: "Pairs",
                newName: "IX_Pairs_PersonId_Id");

            migrationBuilder.RenameColumn(
                name: "ProfileId",
                table: "Likes",
                newName: "PersonId");

            migrationBuilder.RenameIndex(
                name: "IX_Likes_ProfileId_PictureId",
                table: "Likes",
                newName: "IX_Likes_PersonId_PictureId");
        }
    }
}
